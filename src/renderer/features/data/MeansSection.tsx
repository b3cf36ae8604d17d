/** The mean sample of the whole data and of every class, and where these means differ. */
import { Slider, Text } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeanSamples, TargetSummary } from "../../../shared/contract/inspection.ts";
import { at } from "../../../shared/kit/fault.ts";
import { figureText } from "../../../shared/text/numbers.ts";
import { BandChart } from "../../charts/BandChart.tsx";
import { seriesColor, seriesDash } from "../../charts/palette.ts";
import { PixelCanvas } from "../../samples/SampleCanvas.tsx";
import { middleSlice, type Planes, pixelsOf, planesOf } from "../../samples/sample.ts";
import gallery from "./gallery.module.css";
import { Section } from "./Section.tsx";

interface MeansProps {
  readonly means: MeanSamples;
  readonly target: TargetSummary;
}

const MOST_CLASSES = 40;
const MOST_CURVES = 10;
const MOST_CHANNELS = 6;
const SIZE = 112;

export function MeansSection({ means, target }: MeansProps) {
  const { t } = useTranslation();
  const planes = planesOf(means.shape);
  const names = target.kind === "classification" ? target.classes.map(({ name }) => name) : [];
  const most = planes === null ? MOST_CURVES : MOST_CLASSES;
  return (
    <Section name="means" title={t("data.means.title")} help={t("data.means.help")}>
      {planes === null ? <MeanCurves means={means} names={names} /> : <MeanPictures means={means} names={names} planes={planes} />}
      {means.classes.length > most && (
        <Text size="xs" c="dimmed" mt={4}>
          {t("data.means.tooMany", { shown: most, count: means.classes.length })}
        </Text>
      )}
    </Section>
  );
}

interface DrawnProps {
  readonly means: MeanSamples;
  readonly names: readonly string[];
}

function MeanPictures({ means, names, planes }: DrawnProps & { readonly planes: Planes }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [slice, setSlice] = useState(middleSlice(planes));
  const shown = useMemo(() => means.classes.slice(0, MOST_CLASSES), [means]);
  const [low, high] = useMemo(() => extentOf([means.overall, ...shown]), [means, shown]);
  const [, most] = useMemo(() => extentOf([means.deviation]), [means]);
  const scale = (from: number, to: number) => t("data.means.scale", { low: figureText(from, i18n.language), high: figureText(to, i18n.language) });
  return (
    <>
      {planes.depth > 1 && (
        <div className={gallery.bar}>
          <Text size="xs" id={`${id}-slice`} className="tabular">
            {t("data.gallery.sliceOf", { slice: slice + 1, depth: planes.depth })}
          </Text>
          <Slider
            size="sm"
            w={180}
            min={0}
            max={planes.depth - 1}
            label={null}
            value={slice}
            thumbProps={{ "aria-labelledby": `${id}-slice` }}
            onChange={setSlice}
          />
        </div>
      )}
      <div className={gallery.means}>
        <MeanPicture name={t("data.means.overall")} values={means.overall} planes={planes} low={low} high={high} slice={slice} scale={scale(low, high)} />
        <MeanPicture name={t("data.means.deviation")} values={means.deviation} planes={planes} low={0} high={most} slice={slice} scale={scale(0, most)} />
        {shown.map((values, index) => {
          const name = names[index] ?? String(index);
          return <MeanPicture key={name} name={name} values={values} planes={planes} low={low} high={high} slice={slice} />;
        })}
      </div>
    </>
  );
}

interface MeanPictureProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly planes: Planes;
  readonly low: number;
  readonly high: number;
  readonly slice: number;
  readonly scale?: string;
}

function MeanPicture({ name, values, planes, low, high, slice, scale }: MeanPictureProps) {
  const { t } = useTranslation();
  const pixels = useMemo(() => pixelsOf(values, planes, low, high, slice), [values, planes, low, high, slice]);
  return (
    <figure className={gallery.mean}>
      <PixelCanvas pixels={pixels} size={SIZE} label={t("data.means.ofClass", { name })} />
      <figcaption title={name}>{name}</figcaption>
      {scale !== undefined && (
        <Text size="xs" c="dimmed" maw={SIZE} lh={1.2}>
          {scale}
        </Text>
      )}
    </figure>
  );
}

function MeanCurves({ means, names }: DrawnProps) {
  const { t } = useTranslation();
  const [channels, length] = [at(means.shape, 0), at(means.shape, 1)];
  const charts = useMemo(
    () =>
      Array.from({ length: Math.min(channels, MOST_CHANNELS) }, (_, channel) => {
        const part = (values: readonly number[]) => values.slice(channel * length, (channel + 1) * length);
        return {
          deviation: part(means.deviation),
          curves: [
            { name: t("data.means.all"), values: part(means.overall), color: "var(--mantine-color-text)", dash: "none", width: 2 },
            ...means.classes
              .slice(0, MOST_CURVES)
              .map((values, index) => ({ name: names[index] ?? String(index), values: part(values), color: seriesColor(index), dash: seriesDash(index + 1) })),
          ],
        };
      }),
    [means, names, channels, length, t],
  );
  return charts.map(({ curves, deviation }, channel) => (
    <BandChart
      // Channels have no name except their number.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      key={channel}
      title={channels > 1 ? t("data.means.channel", { channel }) : t("data.means.title")}
      xTitle={t("data.means.time")}
      yTitle={channels > 1 ? t("data.means.channel", { channel }) : t("data.means.value")}
      curves={curves}
      deviation={deviation}
      bandName={t("data.means.band")}
    />
  ));
}

function extentOf(lists: readonly (readonly number[])[]): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (const value of list) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low > high ? [0, 1] : [low, high];
}
