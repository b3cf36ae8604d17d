/** A table's columns with their statistics, sortable by each of them. A click enlarges a column's distribution. */
import { Modal } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnSummary } from "../../../shared/contract/inspection.ts";
import { dateText, timeFigure } from "../../../shared/text/dates.ts";
import { figureText, percentOf } from "../../../shared/text/numbers.ts";
import { BarList } from "../../charts/BarList.tsx";
import { HistogramChart, MiniHistogram } from "../../charts/HistogramChart.tsx";
import { type ColumnField, columnFields, fieldOf, nextSorting, type Sorting, sortColumns } from "./columnTable.ts";
import { DataGrid } from "./DataGrid.tsx";
import classes from "./data.module.css";
import { FigureTable } from "./FigureTable.tsx";
import { Section } from "./Section.tsx";
import { TreatmentList } from "./TreatmentList.tsx";

/** Text fields with their widths in pixels. */
const WORDS: Readonly<Partial<Record<ColumnField, number>>> = { name: 120, role: 62, kind: 76 };
const FIGURES: Readonly<Partial<Record<ColumnField, number>>> = { missing: 58, distinct: 58, deviation: 82 };
const FIGURE_PIXELS = 66;
/** Dates are wider than numbers. */
const DATE_PIXELS = 70;
/** Length of the date in a timestamp. */
const DATE_CHARACTERS = 10;

export function ColumnsSection({ columns }: { readonly columns: readonly ColumnSummary[] }) {
  const { t, i18n } = useTranslation();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [open, setOpen] = useState<ColumnSummary | null>(null);
  const sorted = useMemo(() => sortColumns(columns, sorting, i18n.language), [columns, sorting, i18n.language]);
  const figurePixels = columns.some(({ kind }) => kind === "time") ? DATE_PIXELS : FIGURE_PIXELS;
  const cell = (row: number, index: number) => {
    const column = sorted[row];
    const field = columnFields[index];
    if (column === undefined) return "";
    if (field === undefined) return <Shape column={column} />;
    if (field === "name") return <span title={column.name}>{column.name}</span>;
    if (field === "role") return t(`data.columns.roles.${column.role}`);
    if (field === "kind") return t(`data.columns.kinds.${column.kind}`);
    const value = fieldOf(column, field);
    if (field === "missing") return percentOf(Number(value));
    const figure = typeof value === "number" ? value : null;
    if (column.kind !== "time") return figureText(figure, i18n.language);
    const text = timeFigure(field, figure, i18n.language);
    return <span title={text}>{text.slice(0, DATE_CHARACTERS)}</span>;
  };
  return (
    <Section name="columns" title={t("data.columns.title")} tools={<span className={classes.note}>{t("data.columns.count", { count: columns.length })}</span>}>
      <DataGrid
        label={t("data.columns.table")}
        count={sorted.length}
        height={420}
        cell={cell}
        onOpen={(row) => setOpen(sorted[row] ?? null)}
        columns={[
          ...columnFields.map((field) => ({
            id: field,
            title: t(`data.columns.${field}`),
            width: WORDS[field] ?? FIGURES[field] ?? figurePixels,
            ...(field === "role" || field === "kind" ? {} : { grow: 1 }),
            numeric: WORDS[field] === undefined,
            sorted: sorting?.field !== field ? undefined : sorting.descending ? ("descending" as const) : ("ascending" as const),
            onSort: () => setSorting((before) => nextSorting(before, field)),
          })),
          { id: "shape", title: t("data.columns.shape"), width: 100, numeric: false },
        ]}
      />
      <TreatmentList columns={columns} />
      {open !== null && (
        <Modal
          opened
          onClose={() => setOpen(null)}
          size="xl"
          transitionProps={{ duration: 0 }}
          title={open.name}
          closeButtonProps={{ "aria-label": t("data.close") }}
        >
          <Large column={open} />
        </Modal>
      )}
    </Section>
  );
}

function Shape({ column }: { readonly column: ColumnSummary }) {
  const { t } = useTranslation();
  const label = t("data.columns.distribution", { name: column.name });
  if (column.kind !== "categorical") return column.numbers.histogram === null ? "–" : <MiniHistogram histogram={column.numbers.histogram} label={label} />;
  const counts = column.categories.slice(0, 24).map(({ count }) => count);
  return <MiniHistogram histogram={{ low: 0, high: counts.length, counts }} label={label} />;
}

function Large({ column }: { readonly column: ColumnSummary }) {
  const { t } = useTranslation();
  if (column.kind === "categorical")
    return <BarList label={t("data.columns.categories", { name: column.name })} items={column.categories} total={column.count + column.missing} />;
  const times = column.kind === "time";
  return (
    <>
      {column.numbers.histogram !== null && (
        <HistogramChart title={column.name} histogram={column.numbers.histogram} height={300} valueText={times ? dateText : undefined} />
      )}
      <FigureTable label={column.name} rows={[{ name: column.name, numbers: column.numbers }]} times={times} />
    </>
  );
}
