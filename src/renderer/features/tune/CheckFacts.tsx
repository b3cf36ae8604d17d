/** What the studio says of a study before it starts: problems, the part of the space that can be trained, memory, why the sampler, and how long. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StudyCheck } from "../../../shared/contract/studies.ts";
import { describeProblem, problemLine } from "../../../shared/kit/fault.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText, percentOf } from "../../../shared/text/numbers.ts";
import { sizeText } from "../../../shared/text/sizes.ts";
import { useRuns } from "../../api/client.ts";
import { useWords } from "../../catalog/useWords.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import figures from "../../ui/figures.module.css";
import { estimateOf } from "./model/estimate.ts";
import classes from "./tune.module.css";

interface CheckFactsProps {
  readonly check: StudyCheck;
  readonly recipe: unknown;
  readonly study: unknown;
}

export function CheckFacts({ check, recipe, study }: CheckFactsProps) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const { data: runs } = useRuns();
  const { problems, warnings, trainable, points, reason, parallelTrials, trialMemory } = check;
  const estimate = estimateOf(recipe, study, parallelTrials, runs ?? []);
  return (
    <section className={classes.check} aria-label={t("tune.check")}>
      <ProblemText problems={problems} withPlace />
      {warnings.map((warning) => (
        <Text key={describeProblem(warning)} size="xs" c="var(--descent-warn)">
          {problemLine(warning, i18n.language)}
        </Text>
      ))}
      {problems.length === 0 && (
        <dl className={figures.pair}>
          <dt>{t("tune.points")}</dt>
          <dd>{points === null ? t("tune.infinitely") : countText(points, i18n.language)}</dd>
          <dt>{t("tune.trainable")}</dt>
          <dd>
            {percentOf(trainable.fraction)} <span className={classes.hint}>{t("tune.tried", { count: trainable.tried })}</span>
            {trainable.example !== null && <div className={classes.hint}>{problemLine(trainable.example.problem, i18n.language)}</div>}
          </dd>
          <dt>{t("tune.atOnce")}</dt>
          <dd>{t("tune.atOnceOf", { count: parallelTrials, memory: sizeText(trialMemory) })}</dd>
          <dt>{t("tune.time")}</dt>
          <dd>{estimate === null ? t("tune.timeUnknown") : t("tune.timeFrom", { time: durationText(estimate.ms), name: estimate.run })}</dd>
          {reason !== null && (
            <>
              <dt>{t("tune.searches")}</dt>
              <dd>{words.of(reason)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}
