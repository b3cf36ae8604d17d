/** The rows of a table as in the file, categories by name. */
import { Text } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { countText } from "../../../shared/text/numbers.ts";
import { useSamplePages } from "../../api/datasets.ts";
import { valuesOf } from "../../samples/sample.ts";
import { featureNames, labelOf, pageOf, pagesBetween, rowCell, type SampleList } from "../../samples/samples.ts";
import { usePage } from "./context.ts";
import { DataGrid, type GridColumn } from "./DataGrid.tsx";

const PAGE = 100;
/** Only this many features of a row are shown. */
const MOST_COLUMNS = 100;
const [NARROWEST, WIDEST, CHARACTER_PIXELS] = [64, 150, 7.2];

export function RowsView({ list }: { readonly list: SampleList }) {
  const { t, i18n } = useTranslation();
  const { source, facts, inspection, openSample } = usePage();
  const [[first, last], setVisible] = useState<readonly [number, number]>([0, 30]);
  const onVisible = useCallback((from: number, to: number) => setVisible([from, to]), []);
  const wanted = pagesBetween(first, Math.min(last, list.length - 1), PAGE);
  const pages = useSamplePages(
    source,
    wanted.map((page) => pageOf(list, page, PAGE)),
    96,
  );
  const failed = pages.find(({ error }) => error !== null);
  const names = useMemo(() => featureNames(facts, inspection), [facts, inspection]);
  const shown = names.slice(0, MOST_COLUMNS);
  const columns: readonly GridColumn[] = [
    { id: "#", title: t("data.gallery.row"), width: 56, numeric: true },
    { id: "label", title: t("data.gallery.label"), width: 110, numeric: facts.target.kind === "regression" },
    ...shown.map((name, index) => ({
      id: `feature ${index}`,
      title: name,
      width: Math.min(WIDEST, Math.max(NARROWEST, 8 + name.length * CHARACTER_PIXELS)),
      grow: 1,
      numeric: facts.columns?.[index]?.kind !== "categorical",
    })),
  ];
  const viewAt = (row: number) => pages[wanted.indexOf(Math.floor(row / PAGE))]?.views?.[row % PAGE];
  const cell = (row: number, column: number) => {
    if (column === 0) return countText(list.at(row), i18n.language);
    const view = viewAt(row);
    if (view === undefined) return "";
    if (column === 1) return labelOf(view, facts, i18n.language);
    const text = rowCell(valuesOf(view), column - 2, shown[column - 2] ?? "", facts, i18n.language);
    return text ?? <span title={t("data.sample.missing")}>–</span>;
  };
  return (
    <>
      {failed !== undefined && <Text size="xs">{t("data.gallery.unread")}</Text>}
      <DataGrid
        label={t("data.gallery.rows")}
        columns={columns}
        count={list.length}
        height={330}
        cell={cell}
        onOpen={(row) => openSample(list, row)}
        onVisible={onVisible}
      />
      {names.length > shown.length && (
        <Text size="xs" c="dimmed" mt={4}>
          {t("data.gallery.columnsLeft", { shown: shown.length, count: names.length })}
        </Text>
      )}
    </>
  );
}
