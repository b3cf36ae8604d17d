/** The next steps for a finished run: each has a short explanation and takes one click. */
import { UnstyledButton } from "@mantine/core";
import {
  IconBrandPython,
  IconEye,
  IconFileExport,
  IconGauge,
  IconGitFork,
  IconPlayerTrackNext,
  IconTagOff,
  IconTargetArrow,
  type TablerIcon,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { useDatasetKey } from "../../api/datasets.ts";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { hrefOf } from "../../app/route.ts";
import { openRecipe } from "../../draft/open.ts";
import { EvaluateDialog } from "../../predict/EvaluateDialog.tsx";
import { ExportDialog } from "../../predict/ExportDialog.tsx";
import { PredictDialog } from "../../predict/PredictDialog.tsx";
import { ReproduceDialog } from "../../predict/ReproduceDialog.tsx";
import { MoreEpochsDialog } from "./MoreEpochs.tsx";
import classes from "./next.module.css";
import { type NextStep, nextSteps } from "./nextSteps.ts";

const ICONS: Readonly<Record<NextStep, TablerIcon>> = {
  evaluate: IconGauge,
  predict: IconTargetArrow,
  suspects: IconTagOff,
  reproduce: IconBrandPython,
  export: IconFileExport,
  fork: IconGitFork,
  more: IconPlayerTrackNext,
  seen: IconEye,
};

export function NextSteps({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<NextStep | null>(null);
  const shown = usePreferences(({ showsNext }) => showsNext);
  const dataset = useDatasetKey(run.recipe.data.source);
  const steps = nextSteps(run, dataset !== null);
  if (steps.length === 0) return null;
  const hrefs: Partial<Record<NextStep, string>> = {
    suspects: hrefOf({ screen: "data", dataset, run: run.id }),
    seen: hrefOf({ screen: "augment", run: run.id }),
  };
  const close = () => setOpen(null);
  return (
    <details className={classes.next} open={shown} onToggle={({ currentTarget }) => setPreferences({ showsNext: currentTarget.open })}>
      <summary>{t("run.next.title")}</summary>
      <ul>
        {steps.map((step) => {
          const Icon = ICONS[step];
          const words = (
            <>
              <Icon size={16} aria-hidden />
              <span>
                <b>{t(`run.next.${step}`)}</b>
                <small>{t(`run.next.${step}Text`)}</small>
              </span>
            </>
          );
          const href = hrefs[step];
          return (
            <li key={step}>
              {href === undefined ? (
                <UnstyledButton
                  className={classes.step}
                  aria-haspopup={step === "fork" ? undefined : "dialog"}
                  onClick={() => (step === "fork" ? openRecipe(run.recipe) : setOpen(step))}
                >
                  {words}
                </UnstyledButton>
              ) : (
                <a className={classes.step} href={href}>
                  {words}
                </a>
              )}
            </li>
          );
        })}
      </ul>
      {open === "evaluate" && <EvaluateDialog run={run} onClose={close} />}
      {open === "predict" && <PredictDialog run={run} onClose={close} />}
      {open === "reproduce" && <ReproduceDialog run={run} onClose={close} />}
      {open === "export" && <ExportDialog run={run} onClose={close} />}
      {open === "more" && <MoreEpochsDialog run={run} onClose={close} />}
    </details>
  );
}
