/** One sample enlarged: its image, curve or values, and its metadata. Arrow keys show the neighbours. */
import { ActionIcon, Loader, Modal, Slider, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SampleView } from "../../../shared/contract/inspection.ts";
import { countText, figureText } from "../../../shared/text/numbers.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import { useSamples } from "../../api/datasets.ts";
import { HistogramChart } from "../../charts/HistogramChart.tsx";
import { SampleCanvas } from "../../samples/SampleCanvas.tsx";
import { histogramOf, middleSlice, planesOf, valuesOf } from "../../samples/sample.ts";
import { featureNames, labelOf, rowCell, type SampleList } from "../../samples/samples.ts";
import { FaultText } from "../../source/FaultText.tsx";
import figures from "../../ui/figures.module.css";
import { usePage } from "./context.ts";
import gallery from "./gallery.module.css";

interface SampleDialogProps {
  readonly list: SampleList;
  readonly position: number;
  readonly onMove: (position: number) => void;
  readonly onClose: () => void;
}

const SIZE = 360;
const SIDE = 512;
const VOLUME_SIDE = 96;
const BINS = 48;

export function SampleDialog({ list, position, onMove, onClose }: SampleDialogProps) {
  const { t } = useTranslation();
  const { source, kind } = usePage();
  const number = list.at(position);
  const { data, error } = useSamples(source, [number], kind === "volume" ? VOLUME_SIDE : SIDE);
  const view = data?.[0];
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const owns = event.target instanceof Element && event.target.closest("[role=slider], [role=img], input, select") !== null;
      if (owns || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowLeft" && position > 0) onMove(position - 1);
      else if (event.key === "ArrowRight" && position < list.length - 1) onMove(position + 1);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [list, position, onMove]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      transitionProps={{ duration: 0 }}
      title={t("data.sample.title", { sample: number })}
      closeButtonProps={{ "aria-label": t("data.close") }}
    >
      <div className={gallery.bar}>
        <ActionIcon variant="default" aria-label={t("data.sample.previous")} disabled={position === 0} onClick={() => onMove(position - 1)}>
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t("data.sample.next")} disabled={position >= list.length - 1} onClick={() => onMove(position + 1)}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
        <Text size="xs" c="dimmed" className="tabular" role="status">
          {t("data.sample.of", { index: position + 1, count: list.length })}
        </Text>
      </div>
      {error !== null ? <FaultText error={error} /> : view === undefined ? <Loader size="sm" aria-label={t("data.sample.reading")} /> : <Large view={view} />}
    </Modal>
  );
}

function Large({ view }: { readonly view: SampleView }) {
  const { t, i18n } = useTranslation();
  const { kind, facts } = usePage();
  const id = useId();
  const planes = planesOf(view.shape);
  const middle = planes === null ? 0 : middleSlice(planes);
  const [slice, setSlice] = useState(middle);
  const shown = planes === null ? 0 : Math.min(planes.depth - 1, slice);
  const histogram = useMemo(() => histogramOf(valuesOf(view), BINS), [view]);
  const label = labelOf(view, facts, i18n.language);
  const known = (
    <dl className={figures.pair}>
      <dt>{t("data.sample.label")}</dt>
      <dd>{label}</dd>
      <dt>{t("data.sample.number")}</dt>
      <dd>{countText(view.sample, i18n.language)}</dd>
      {view.place !== null && (
        <>
          <dt>{t("data.sample.place")}</dt>
          <dd>{view.place}</dd>
        </>
      )}
      <dt>{t("data.sample.shape")}</dt>
      <dd>{shapeText(view.shape)}</dd>
      {histogram !== null && kind !== "tabular" && (
        <>
          <dt>{t("data.sample.range")}</dt>
          <dd>
            {figureText(histogram.low, i18n.language)} … {figureText(histogram.high, i18n.language)}
          </dd>
        </>
      )}
    </dl>
  );
  if (kind === "tabular")
    return (
      <>
        {known}
        <RowTable view={view} />
      </>
    );
  return (
    <div className={gallery.large}>
      <div>
        <div className={gallery.largePicture}>
          <SampleCanvas view={view} size={SIZE} slice={shown} label={t("data.gallery.sample", { sample: view.sample, label })} />
        </div>
        {planes !== null && planes.depth > 1 && (
          <div className={gallery.bar} style={{ marginTop: 8 }}>
            <Text size="xs" id={`${id}-slice`} className="tabular">
              {t("data.gallery.sliceOf", { slice: shown + 1, depth: planes.depth })}
            </Text>
            <Slider
              size="sm"
              flex={1}
              min={0}
              max={planes.depth - 1}
              step={1}
              label={null}
              value={shown}
              thumbProps={{ "aria-labelledby": `${id}-slice` }}
              onChange={setSlice}
            />
          </div>
        )}
      </div>
      <div>
        {known}
        {histogram !== null && <HistogramChart counted="values" title={t("data.sample.histogram")} histogram={histogram} />}
      </div>
    </div>
  );
}

/** All features of a row with their names. */
function RowTable({ view }: { readonly view: SampleView }) {
  const { t, i18n } = useTranslation();
  const { facts, inspection } = usePage();
  const values = valuesOf(view);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by the keyboard
    <section className={gallery.rows} tabIndex={0} aria-label={t("data.sample.values")}>
      <table className={figures.figures}>
        <thead>
          <tr>
            <th scope="col">{t("data.sample.column")}</th>
            <th scope="col">{t("data.sample.value")}</th>
          </tr>
        </thead>
        <tbody>
          {featureNames(facts, inspection).map((name, index) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{rowCell(values, index, name, facts, i18n.language) ?? t("data.sample.missing")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
