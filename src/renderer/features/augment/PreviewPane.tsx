/** One sample beside its variants, redrawn as sliders move, and how augmentation changes its values. */
import { ActionIcon, NumberInput, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowLeft, IconArrowRight, IconDice5 } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { AugmentationPreview } from "../../../shared/contract/augment.ts";
import type { Histogram } from "../../../shared/contract/inspection.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { innerTicks, tickText } from "../../charts/ticks.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { SampleCanvas } from "../../samples/SampleCanvas.tsx";
import classes from "./augment.module.css";
import { usePreview } from "./usePreview.ts";

const VARIANTS = 16;
/** Image size in CSS pixels until the available width is known. */
const SIZE = 128;
/** Limits the size so that four rows fit into a window of usual height. */
const LARGEST = 156;
const GAP = 8;
/** From this width on, in CSS pixels, a row has eight images. */
const WIDE = 900;

interface PreviewPaneProps {
  readonly recipe: unknown;
  readonly facts: DatasetFacts | null;
  /** True if the data cannot be read; the problems are shown beside the list. */
  readonly blocked: boolean;
}

export function PreviewPane({ recipe, facts, blocked }: PreviewPaneProps) {
  const { t } = useTranslation();
  const ids = { sample: useId(), epoch: useId() };
  const [sample, setSample] = useState<number | null>(null);
  const [epoch, setEpoch] = useState(1);
  const length = facts?.length ?? 1;
  const inside = sample === null || sample < length ? sample : null;
  const { preview, problems, milliseconds } = usePreview(blocked ? null : { recipe, sample: inside, epoch, count: VARIANTS });
  const shown = inside ?? preview?.original.sample ?? 0;
  const go = (number: number) => setSample(((number % length) + length) % length);
  return (
    <>
      <div className={classes.controls}>
        <span className={classes.control}>
          <label htmlFor={ids.sample}>{t("augment.sample")}</label>
          <ActionIcon variant="default" size={24} aria-label={t("augment.previousSample")} onClick={() => go(shown - 1)}>
            <IconArrowLeft size={13} aria-hidden />
          </ActionIcon>
          <NumberInput
            id={ids.sample}
            size="xs"
            w={92}
            min={0}
            max={length - 1}
            allowDecimal={false}
            hideControls
            title={t("augment.sampleHint")}
            value={shown}
            onChange={(next) => typeof next === "number" && next >= 0 && next < length && setSample(next)}
          />
          <ActionIcon variant="default" size={24} aria-label={t("augment.nextSample")} onClick={() => go(shown + 1)}>
            <IconArrowRight size={13} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={24} aria-label={t("augment.randomSample")} onClick={() => go(Math.floor(Math.random() * length))}>
            <IconDice5 size={14} aria-hidden />
          </ActionIcon>
        </span>
        <span className={classes.control}>
          <label htmlFor={ids.epoch} title={t("augment.epochHint")}>
            {t("augment.epoch")}
          </label>
          <NumberInput
            id={ids.epoch}
            size="xs"
            w={76}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={epoch}
            onChange={(next) => typeof next === "number" && next >= 1 && setEpoch(next)}
          />
        </span>
        <Text size="xs" c="dimmed" className="tabular" data-testid="preview-time">
          {preview !== null &&
            milliseconds !== null &&
            t("augment.drawn", { count: preview.variants.length, made: preview.milliseconds.toFixed(1), shown: Math.round(milliseconds) })}
        </Text>
      </div>
      <div className={classes.content}>
        <ProblemText problems={problems} />
        {preview === null ? problems.length === 0 && !blocked && <Text size="sm">{t("augment.waiting")}</Text> : <Drawn preview={preview} epoch={epoch} />}
      </div>
    </>
  );
}

function Drawn({ preview, epoch }: { readonly preview: AugmentationPreview; readonly epoch: number }) {
  const { t } = useTranslation();
  const { original, before, after, unit } = preview;
  const { ref, width } = useElementSize<HTMLUListElement>();
  // Every row is full at any width.
  const columns = width < WIDE ? 4 : 8;
  const size = width === 0 ? SIZE : Math.max(1, Math.min(LARGEST, Math.floor((width + GAP) / columns) - GAP));
  const variants = preview.variants.map((view, i) => ({ view, at: epoch + i }));
  return (
    <div className={classes.preview}>
      <figure className={classes.picture}>
        <SampleCanvas view={original} size={220} label={t("augment.originalOf", { label: original.label })} />
        <figcaption>
          {t("augment.original")} · {original.label}
          {original.place !== null && <div>{original.place}</div>}
        </figcaption>
        {unit === "deviations" && <p className={classes.note}>{t("augment.bars", { most: tickText(Number(original.high.toPrecision(2))) })}</p>}
        <Values before={before} after={after} label={t(`augment.unit.${unit}`)} />
      </figure>
      <div>
        <ul
          ref={ref}
          className={classes.grid}
          style={{ gap: GAP, gridTemplateColumns: `repeat(${columns}, ${size}px)` }}
          aria-label={t("augment.variants", { from: epoch, to: epoch + variants.length - 1 })}
          data-testid="variants"
        >
          {variants.map(({ view, at }) => (
            <li key={at}>
              <figure className={classes.picture}>
                <SampleCanvas view={view} size={size} label={t("augment.variantOf", { epoch: at, label: view.label })} />
                <figcaption>{t("augment.variant", { epoch: at })}</figcaption>
              </figure>
            </li>
          ))}
        </ul>
        <p className={classes.note}>{t("augment.exact")}</p>
      </div>
    </div>
  );
}

/** Histograms of the original and of all variants as fractions, with the same bins. */
function Values({ before, after, label }: { readonly before: Histogram; readonly after: Histogram; readonly label: string }) {
  const { t } = useTranslation();
  const total = (histogram: Histogram) =>
    Math.max(
      1,
      histogram.counts.reduce((a, b) => a + b, 0),
    );
  const [all, allAfter] = [total(before), total(after)];
  const rows = before.counts.map((count, bin) => ({
    value: before.low + ((bin + 0.5) * (before.high - before.low)) / before.counts.length,
    before: (100 * count) / all,
    after: (100 * (after.counts[bin] ?? 0)) / allAfter,
  }));
  return (
    <>
      <div
        className={classes.plot}
        role="img"
        aria-label={`${t("augment.histogram")}: ${t("augment.histogramWords", { low: tickText(before.low), high: tickText(before.high) })}`}
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 220, height: 150 }}>
          <BarChart data={rows} margin={{ top: 4, right: 6, bottom: 14, left: 0 }} barGap={0} barCategoryGap={0} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
            <XAxis
              dataKey="value"
              type="number"
              domain={[before.low, before.high]}
              tickFormatter={tickText}
              ticks={[...innerTicks(before.low, before.high, 3, false)]}
              stroke="var(--descent-line)"
              height={30}
              label={{ value: label, position: "insideBottom", offset: -4 }}
            />
            <YAxis
              tickFormatter={tickText}
              tickCount={4}
              stroke="var(--descent-line)"
              width={44}
              label={{ value: t("augment.share"), angle: -90, position: "insideLeft", offset: 10, style: { textAnchor: "middle" } }}
            />
            <Bar dataKey="before" fill="var(--descent-train)" isAnimationActive={false} />
            <Bar dataKey="after" fill="var(--descent-validation)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <div className={classes.key}>
        <span>
          <span className={classes.swatch} style={{ borderColor: "var(--descent-train)" }} />
          {t("augment.before")}
        </span>
        <span>
          <span className={classes.swatch} style={{ borderColor: "var(--descent-validation)", borderTopStyle: "double" }} />
          {t("augment.after")}
        </span>
      </div>
    </>
  );
}
