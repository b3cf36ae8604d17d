/** Gathers what the parts of a study's page share. */
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StudyDetail, Trial, TrialCurve } from "../../../shared/contract/studies.ts";
import { useWords } from "../../catalog/useWords.ts";
import { factAxis, objectiveAxes, parameterAxes, SECONDS, secondsOf, TRIAL } from "./model/axis.ts";
import { lossUnitOf } from "./model/lossUnit.ts";
import { everything, ranksOf, selectedTrials } from "./model/selection.ts";
import type { TuneView } from "./view.ts";

const LOSS_SERIES = "validation.loss";
const NO_TRIALS: readonly Trial[] = [];
const NO_CURVES: readonly TrialCurve[] = [];

/** @returns null until the study is known */
export function useTuneView(detail: StudyDetail | undefined, given: readonly Trial[] | undefined, curves: readonly TrialCurve[] | undefined): TuneView | null {
  const { t } = useTranslation();
  const words = useWords();
  const [selection, select] = useState(everything);
  const [current, open] = useState<number | null>(null);
  // Those that only confirm have a place of their own.
  const trials = useMemo(() => given?.filter(({ origin }) => origin !== "confirmation") ?? NO_TRIALS, [given]);
  const space = detail?.study.space;
  const objectives = detail?.objectives;
  const largerIsBetter = objectives?.[0]?.largerIsBetter === true;
  // The text, because every answer brings a new object.
  const spaceText = JSON.stringify(space ?? []);
  const objectivesText = JSON.stringify(objectives ?? []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts stand for the objects
  const axes = useMemo(() => {
    const unit = detail === undefined ? null : lossUnitOf(detail.study);
    const parameters = parameterAxes(space ?? [], trials);
    const measured = objectiveAxes(
      objectives ?? [],
      (objectives ?? []).map(({ metric, title }) => (metric === LOSS_SERIES && unit !== null ? `${words.of(title)} (${words.of(unit)})` : words.of(title))),
      trials,
    );
    const facts = [factAxis(TRIAL, t("tune.trial"), ({ number }) => number, trials, true), factAxis(SECONDS, t("tune.seconds"), secondsOf, trials)];
    return { parameters, objectives: measured, axes: [...parameters, ...measured, ...facts] };
  }, [spaceText, objectivesText, trials, words, t]);
  const byNumber = useMemo(() => new Map((given ?? NO_TRIALS).map((trial) => [trial.number, trial])), [given]);
  const ranks = useMemo(() => ranksOf(trials, largerIsBetter), [trials, largerIsBetter]);
  // A brush or a slider moves at once, and the plots follow.
  const wanted = useDeferredValue(selection);
  const selected = useMemo(() => selectedTrials(trials, axes.axes, wanted, ranks), [trials, axes, wanted, ranks]);
  return useMemo(
    () => (detail === undefined ? null : { detail, trials, byNumber, curves: curves ?? NO_CURVES, ...axes, selection, select, selected, ranks, current, open }),
    [detail, trials, byNumber, curves, axes, selection, selected, ranks, current],
  );
}
