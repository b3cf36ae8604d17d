/** A run's name as a link, its differences from runs of the same name below it, and the field that renames it in place. */
import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { hrefOf } from "../../app/route.ts";
import { NameField } from "../../ui/NameField.tsx";
import classes from "./runs.module.css";

interface NameCellProps {
  readonly id: string;
  readonly name: string;
  /** Differences from runs of the same name, the most important first; empty if the name is unique. */
  readonly apart: readonly string[];
  readonly editing: boolean;
  readonly onEdit: () => void;
  /** Called with the new name, or null if it is unchanged. */
  readonly onDone: (name: string | null) => void;
  /** Opens the run in another window. */
  readonly onElsewhere: () => void;
}

/** How many differences are shown; the tooltip has the others. */
const SHOWN = 3;

export function NameCell({ id, name, apart, editing, onEdit, onDone, onElsewhere }: NameCellProps) {
  const { t } = useTranslation();
  if (editing) return <NameField name={name} label={t("runs.name")} onDone={onDone} />;
  const whole = [name, ...apart].join(" · ");
  const elsewhere = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onElsewhere();
  };
  return (
    <span className={classes.name}>
      <span className={classes.called}>
        <a
          href={hrefOf({ screen: "workbench", run: id })}
          className={classes.link}
          title={whole}
          tabIndex={-1}
          draggable={false}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey) elsewhere(event);
            // The row handles the click: it opens the run, or extends the selection with Shift.
            else event.preventDefault();
          }}
          onAuxClick={(event) => {
            if (event.button === 1) elsewhere(event);
          }}
        >
          {name}
        </a>
        {apart.length > 0 && (
          <span className={classes.apart} title={whole} data-apart>
            {apart.slice(0, SHOWN).join(" · ")}
          </span>
        )}
      </span>
      <ActionIcon
        className={classes.pencil}
        variant="subtle"
        color="gray"
        size={20}
        tabIndex={-1}
        aria-label={t("runs.rename", { name: whole })}
        title={t("runs.renameTitle")}
        onClick={(event) => {
          event.stopPropagation();
          onEdit();
        }}
      >
        <IconPencil size={13} aria-hidden />
      </ActionIcon>
    </span>
  );
}
