// biome-ignore-all lint/a11y/useSemanticElements: rows that exist only while they are in view cannot be laid out as a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active row
/** The header of the table of runs: column titles that sort the table, and the checkbox that selects all runs. */
import { Checkbox, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "./columns.tsx";
import classes from "./runs.module.css";

interface RunsHeaderProps {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly order: (id: string) => "asc" | "desc" | false;
  readonly onSort: (id: string) => void;
  readonly selected: "all" | "some" | "none";
  readonly onSelectAll: (all: boolean) => void;
}

export function RunsHeader({ columns, template, order, onSort, selected, onSelectAll }: RunsHeaderProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.header} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      <div role="columnheader" aria-colindex={1}>
        <Checkbox
          size="xs"
          aria-label={t("runs.selectAll")}
          checked={selected === "all"}
          indeterminate={selected === "some"}
          onChange={() => onSelectAll(selected !== "all")}
        />
      </div>
      {columns.map(({ id, title, help, numeric, sortable }, index) => {
        const sorted = order(id);
        return (
          <div
            key={id}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={sorted === false ? undefined : sorted === "asc" ? "ascending" : "descending"}
            className={`${classes.title} ${numeric ? classes.numeric : ""}`}
          >
            <Tooltip label={help ?? ""} disabled={help === null}>
              {sortable ? (
                <button type="button" className={classes.sort} data-sorted={sorted !== false || undefined} onClick={() => onSort(id)}>
                  <span className={classes.cut}>{title}</span>
                  {sorted === "asc" && <IconArrowUp size={12} aria-hidden />}
                  {sorted === "desc" && <IconArrowDown size={12} aria-hidden />}
                </button>
              ) : (
                <span>{title}</span>
              )}
            </Tooltip>
          </div>
        );
      })}
    </div>
  );
}
