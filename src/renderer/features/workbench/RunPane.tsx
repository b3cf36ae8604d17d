/** The right of the workbench: the open run with its controls, progress, curves, results and log. */
import { Alert, Anchor, Loader, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../../shared/contract/faults.ts";
import type { RunDetail, RunSummary } from "../../../shared/contract/runs.ts";
import { describeProblem, problemLine } from "../../../shared/kit/fault.ts";
import { useRuns } from "../../api/client.ts";
import { errorText } from "../../api/errorText.ts";
import { useNamesakes } from "../../api/recipes.ts";
import { hrefOf } from "../../app/route.ts";
import { RunMenu } from "../../predict/RunMenu.tsx";
import { apartText } from "../../ui/apart.ts";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import { NextSteps } from "./NextSteps.tsx";
import { RunControls } from "./RunControls.tsx";
import { RunFacts } from "./RunFacts.tsx";
import { RunLog } from "./RunLog.tsx";
import { RunProgressBar } from "./RunProgressBar.tsx";
import classes from "./run.module.css";

const NetworkPane = lazy(() => import("./NetworkPane.tsx").then((module) => ({ default: module.NetworkPane })));
const RunCurves = lazy(() => import("./RunCurves.tsx").then((module) => ({ default: module.RunCurves })));

interface RunPaneProps {
  /** The requested run; null if there is none. */
  readonly id: string | null;
  readonly run: RunDetail | null;
  readonly error: unknown;
}

export function RunPane({ id, run, error }: RunPaneProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.pane} aria-label={t("run.title")}>
      {run !== null ? (
        <OpenRun run={run} />
      ) : id !== null ? (
        <Unread error={error} />
      ) : (
        <Suspense>
          <NetworkPane />
        </Suspense>
      )}
    </section>
  );
}

const NO_RUNS: readonly RunSummary[] = [];

/** How the run differs from others of the same name. */
function Apart({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { data: runs } = useRuns();
  const differences = useNamesakes(runs ?? NO_RUNS, [run]);
  const parts = apartText(run, differences[run.id], t);
  if (parts.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" style={{ flexShrink: 0 }} title={parts.join(" · ")}>
      {parts.slice(0, 3).join(" · ")}
    </Text>
  );
}

function OpenRun({ run }: { readonly run: RunDetail }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <div>
        <div className={classes.head}>
          <h2 className={classes.title} title={run.name}>
            {run.name}
          </h2>
          <Apart run={run} />
          <StatusBadge status={run.status} />
          <div style={{ flex: 1 }} />
          <RunControls run={run} />
          <RunMenu run={run} />
        </div>
        <RunProgressBar run={run} />
      </div>
      <div role="status" className="visually-hidden">
        {t("run.announce", { name: run.name, status: t(`status.${run.status}`) })}
      </div>
      {run.status === "failed" && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("run.failedTitle")} styles={{ message: { color: "inherit" } }}>
          {run.problems.map((problem) => (
            <Text size="sm" key={describeProblem(problem)} data-problem={problem.place}>
              <bdi>{problemLine(problem, i18n.language)}</bdi>
            </Text>
          ))}
        </Alert>
      )}
      {run.status === "interrupted" && (
        <Alert color="yellow" variant="light" icon={<IconPlugConnectedX aria-hidden />} title={t("run.interruptedTitle")} p="xs">
          {t("run.interruptedText")}
        </Alert>
      )}
      <RunFacts run={run} />
      <NextSteps run={run} />
      <Suspense>
        <RunCurves key={run.id} run={run} />
      </Suspense>
      <RunLog events={run.events} />
    </>
  );
}

function Unread({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation();
  const missing = faultOf(error)?.kind === "missing";
  const reason = errorText(error, i18n.language);
  return (
    <div className={classes.empty}>
      {missing ? (
        <>
          <Text size="sm">{t("run.missing")}</Text>
          <Anchor href={hrefOf({ screen: "runs" })} size="sm">
            {t("run.backToRuns")}
          </Anchor>
        </>
      ) : (
        <>
          <Loader size="sm" aria-label={t("run.loading")} />
          {reason !== null && (
            <Text size="sm" role="alert">
              {t("run.unread", { reason })}
            </Text>
          )}
        </>
      )}
    </div>
  );
}
