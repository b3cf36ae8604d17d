/** The learning-rate range test: trains a little while the rate grows, draws the loss as it comes, and offers the rate it suggests. */
import { Button, Group, Modal, Progress, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { type RangeTestPoint, type RangeTestResult, rangeTestStart, watchLoss } from "../../../shared/math/rangeTest.ts";
import { tellError } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { linearScale, logScale, tickText } from "../../charts/ticks.ts";
import { changeDraft } from "../../draft/draft.ts";
import classes from "./rangeTest.module.css";

const [FROM, TO, STEPS] = [1e-6, 10, 200];

export function RangeTest({ recipe }: { readonly recipe: unknown }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" leftSection={<IconSearch size={13} aria-hidden />} onClick={() => setOpen(true)}>
        {t("range.find")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} size="lg" title={t("range.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
        {open && <Test recipe={recipe} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

/** Runs as long as it is shown. */
function Test({ recipe, onClose }: { readonly recipe: unknown; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [points, setPoints] = useState<readonly RangeTestPoint[]>([]);
  const [taken, setTaken] = useState(0);
  const [result, setResult] = useState<RangeTestResult | null>(null);
  const asked = useRef(recipe);

  useEffect(() => {
    const left = new AbortController();
    const listen = async () => {
      const drawn: RangeTestPoint[] = [];
      let watch = rangeTestStart;
      for await (const event of await client.recipes.rangeTest({ recipe: asked.current, from: FROM, to: TO, steps: STEPS }, { signal: left.signal })) {
        if (left.signal.aborted) return;
        if (event.type === "result") setResult(event.result);
        else {
          for (const { rate, loss } of event.points) {
            const seen = watchLoss(watch, loss);
            watch = seen.watch;
            if (Number.isFinite(loss)) drawn.push({ rate, loss, smoothed: seen.smoothed });
          }
          setPoints([...drawn]);
          setTaken(drawn.length);
        }
      }
    };
    listen().catch((error: unknown) => {
      if (left.signal.aborted) return;
      tellError(error);
      onClose();
    });
    return () => left.abort();
  }, [onClose]);

  const suggestion = result?.suggestion ?? null;
  return (
    <div>
      <Text size="sm" mb="xs">
        {t("range.text")}
      </Text>
      <Curve points={result?.curve ?? points} suggested={suggestion?.rate ?? null} />
      <div aria-live="polite" className={classes.words}>
        {result === null ? (
          <Progress value={(100 * taken) / STEPS} size="sm" aria-label={t("range.progress", { step: taken, total: STEPS })} />
        ) : (
          <Text size="sm" lang="en">
            {result.reason}
          </Text>
        )}
      </div>
      <Group justify="flex-end" mt="sm">
        <Button size="xs" variant="default" onClick={onClose}>
          {result === null ? t("range.cancel") : t("app.close")}
        </Button>
        {suggestion !== null && (
          <Button
            size="xs"
            data-autofocus
            onClick={() => {
              changeDraft(["optimizer", "lr"], suggestion.rate);
              onClose();
            }}
          >
            {t("range.use", { rate: suggestion.rate })}
          </Button>
        )}
      </Group>
    </div>
  );
}

/** Above this many times the lowest smoothed loss, the curve leaves the picture: what matters is below. */
const SHOWN_ABOVE = 2.5;

function Curve({ points, suggested }: { readonly points: readonly RangeTestPoint[]; readonly suggested: number | null }) {
  const { t } = useTranslation();
  const smoothed = points.map((point) => point.smoothed);
  const low = Math.min(...smoothed, ...points.map(({ loss }) => loss));
  const first = smoothed[0] ?? 1;
  const high = Math.max(first * 1.1, Math.min(Math.max(...smoothed), first + (first - low) * SHOWN_ABOVE));
  const y = points.length > 1 ? linearScale(low, high, 4) : linearScale(0, 1, 4);
  const x = logScale(FROM, TO, 8);
  const lowest = points.reduce<RangeTestPoint | null>((best, point) => (best === null || point.smoothed < best.smoothed ? point : best), null);
  const words = lowest === null ? t("range.waiting") : t("range.course", { loss: tickText(lowest.smoothed), rate: tickText(lowest.rate) });
  return (
    <div className={classes.plot} role="img" aria-label={`${t("range.title")}: ${words}`}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 260 }}>
        <LineChart data={[...points]} margin={{ top: 16, right: 26, bottom: 16, left: 2 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--descent-grid)" vertical={false} />
          <XAxis
            dataKey="rate"
            type="number"
            scale="log"
            domain={[FROM, TO]}
            ticks={[...x.ticks]}
            interval={0}
            tickFormatter={(rate: number) => rate.toExponential(0)}
            stroke="var(--descent-line)"
            height={36}
            label={{ value: t("range.rate"), position: "insideBottom", offset: -8 }}
          />
          <YAxis
            type="number"
            domain={[...y.domain]}
            ticks={[...y.ticks]}
            interval={0}
            allowDataOverflow
            tickFormatter={tickText}
            stroke="var(--descent-line)"
            width={58}
            label={{ value: t("range.loss"), angle: -90, position: "insideLeft", offset: 6, style: { textAnchor: "middle" } }}
          />
          <Line dataKey="loss" stroke="var(--descent-train)" strokeOpacity={0.3} dot={false} activeDot={false} isAnimationActive={false} legendType="none" />
          <Line dataKey="smoothed" stroke="var(--descent-train)" strokeWidth={2} dot={false} activeDot={false} isAnimationActive={false} legendType="none" />
          {suggested !== null && (
            <ReferenceLine
              x={suggested}
              stroke="var(--descent-best)"
              strokeDasharray="3 3"
              label={{ value: t("range.suggested", { rate: suggested }), position: "insideTopRight", style: { fill: "var(--descent-best)" } }}
            />
          )}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
