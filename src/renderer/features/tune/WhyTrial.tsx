/** "Why this trial": what the sampler believed before it proposed the trial, along each axis through its point. */
import { Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Belief, ObjectiveFacts } from "../../../shared/contract/studies.ts";
import { useBelief } from "../../api/studies.ts";
import { useWords } from "../../catalog/useWords.ts";
import { FaultText } from "../../source/FaultText.tsx";
import { BeliefPlot } from "./plots/BeliefPlot.tsx";
import classes from "./plots.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

export function WhyTrial({ number }: { readonly number: number }) {
  const { t } = useTranslation();
  const words = useWords();
  const { detail, byNumber } = useView();
  const { data, error, isPending } = useBelief(detail.id, number);
  const trial = byNumber.get(number);
  const facts = detail.objectives[0];
  if (trial === undefined || facts === undefined) return null;
  if (error !== null) return <FaultText error={error} />;
  if (isPending) return <Loader size="xs" aria-label={t("tune.why")} />;
  if (data == null)
    return (
      <Text size="xs" c="dimmed">
        {t(`tune.noBelief.${trial.origin === "sampler" ? "sampler" : trial.origin}`)}
      </Text>
    );
  return (
    <div>
      <Text size="sm">{words.of(data.reason)}</Text>
      <Expected belief={data} facts={facts} value={trial.values?.[0] ?? null} />
      <div className={classes.slices}>
        {data.axes.map((axis) => (
          <BeliefPlot key={axis.name} axis={axis} facts={facts} value={trial.point[axis.name]} />
        ))}
      </div>
    </div>
  );
}

interface ExpectedProps {
  readonly belief: Belief;
  readonly facts: ObjectiveFacts;
  readonly value: number | null;
}

/** What was expected beside what came. */
function Expected({ belief: { expected }, facts, value }: ExpectedProps) {
  const { t } = useTranslation();
  const text = useText();
  if (expected === null) return null;
  const sign = facts.largerIsBetter ? -1 : 1;
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {t("tune.expected", {
        metric: text.title(facts),
        mean: text.objective(facts, sign * expected.mean),
        deviation: text.objective(facts, expected.deviation),
        value: text.objective(facts, value),
      })}
    </Text>
  );
}
