/** The progress of a run: the bar, step and epoch, speed, and time left. */
import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { clockText } from "../../../shared/text/durations.ts";
import { speedText } from "../../../shared/text/numbers.ts";
import { isActive } from "../../api/actions.tsx";
import { useProgress } from "../../api/live.ts";
import { shownProgress } from "../../ui/progress.ts";
import classes from "./run.module.css";

const COLORS = { completed: "teal.8", failed: "red.8" } as const;

export function RunProgressBar({ run }: { readonly run: RunSummary }) {
  const { t, i18n } = useTranslation();
  const active = isActive(run.status);
  const newest = useProgress((all) => all[run.id]);
  const { phase: told, step, totalSteps, epoch, totalEpochs, stepsPerSecond, samplesPerSecond, remainingMs } = shownProgress(run, newest);
  const percent = totalSteps > 0 ? (100 * step) / totalSteps : 0;
  const color = run.status === "completed" || run.status === "failed" ? COLORS[run.status] : "blue.7";
  const phase = active ? t(`phase.${told}`) : null;
  return (
    <div>
      <Progress.Root size={6} mt={8} radius="xl">
        <Progress.Section
          value={percent}
          color={color}
          aria-label={t("run.progress")}
          aria-valuetext={[phase, t("run.steps", { step, total: totalSteps })].filter((part) => part !== null).join(", ")}
        />
      </Progress.Root>
      <div className={classes.progressLine}>
        {phase !== null && <span>{phase}</span>}
        <span data-testid="steps">{t("run.steps", { step, total: totalSteps })}</span>
        <span>{t("run.epochs", { epoch, total: totalEpochs })}</span>
        {stepsPerSecond !== null && <span>{t("run.stepsPerSecond", { rate: speedText(stepsPerSecond, i18n.language) })}</span>}
        {samplesPerSecond !== null && <span>{t("run.samplesPerSecond", { rate: speedText(samplesPerSecond, i18n.language) })}</span>}
        {remainingMs !== null && <span>{t("run.left", { time: clockText(remainingMs) })}</span>}
      </div>
    </div>
  );
}
