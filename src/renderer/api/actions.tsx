/** Actions on runs, from a button, a key or the command palette. Errors of the studio are shown in its own words. */
import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { create } from "zustand";
import { faultOf } from "../../shared/contract/faults.ts";
import type { RunStatus, RunSummary } from "../../shared/contract/runs.ts";
import { problemLine } from "../../shared/kit/fault.ts";
import { go } from "../app/route.ts";
import { i18n } from "../i18n/index.ts";
import { announce } from "../ui/Announcer.tsx";
import { offerUndo } from "../ui/undo.tsx";
import { cache, client, keys } from "./client.ts";
import { askForCode } from "./code.ts";
import { dropRuns, placeRows, touchRun } from "./live.ts";

/** Long enough to read a problem with its remedy. */
const ERROR_MS = 12_000;

/** Actions in progress: a start, or a change of runs by their ids. Their buttons are disabled. */
export const useBusy = create<{ readonly starting: boolean; readonly runs: ReadonlySet<string> }>()(() => ({ starting: false, runs: new Set() }));

export const isActive = (status: RunStatus): boolean => status === "queued" || status === "running";
/** A failed run can resume too: its cause may be fixed (a full disk). */
export const isResumable = (status: RunStatus): boolean => status === "paused" || status === "stopped" || status === "interrupted" || status === "failed";

/** Starts a run and opens it. */
export async function startRun(recipe: unknown): Promise<void> {
  if (useBusy.getState().starting) return;
  useBusy.setState({ starting: true });
  await attempt(async () => {
    const run = await client.runs.start({ recipe });
    placeRows([run]);
    announce(i18n.t("runs.said.started", { name: run.name }));
    go({ screen: "workbench", run: run.id });
  });
  useBusy.setState({ starting: false });
}

export const pauseRun = (id: string) => change(id, () => client.runs.pause({ id }));
export const resumeRun = (id: string) => change(id, () => client.runs.resume({ id }));
/** @param epochs the new total */
export const giveMoreEpochs = (id: string, epochs: number) => change(id, () => client.runs.resume({ id, epochs }));
export const stopRun = (id: string) => change(id, () => client.runs.stop({ id }));
export const renameRun = (id: string, name: string) =>
  change(id, async () => {
    const renamed = await client.runs.rename({ id, name });
    announce(i18n.t("runs.said.renamed", { name: renamed.name }));
    return renamed;
  });

/** Pauses an active run or resumes a resumable one; false if neither applies. */
export function toggleRun({ id, status }: Pick<RunSummary, "id" | "status">): boolean {
  if (isActive(status)) void pauseRun(id);
  else if (isResumable(status)) void resumeRun(id);
  else return false;
  return true;
}

async function change(id: string, work: () => Promise<RunSummary>): Promise<void> {
  if (useBusy.getState().runs.has(id)) return;
  useBusy.setState(({ runs }) => ({ runs: new Set([...runs, id]) }));
  await attempt(async () => placeRows([await work()]));
  touchRun(id);
  useBusy.setState(({ runs }) => ({ runs: new Set([...runs].filter((other) => other !== id)) }));
}

/** Hides runs and offers an undo. */
export async function removeRuns(ids: readonly string[]): Promise<void> {
  await attempt(async () => {
    const name = cache.getQueryData<readonly RunSummary[]>(keys.runs)?.find(({ id }) => id === ids[0])?.name;
    const removed = await client.runs.remove({ ids: [...ids] });
    const told = removed.length === 1 && name !== undefined ? i18n.t("runs.said.deleted", { name }) : i18n.t("runs.deleted", { count: removed.length });
    dropRuns(removed);
    offerUndo(told, i18n.t("runs.deletedText"), () => {
      void attempt(async () => {
        for (const id of await client.runs.restore({ ids: [...removed] })) touchRun(id);
      });
    });
  });
}

/** Runs `work` and shows its error, if any. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tellError(error);
  }
}

export function tellError(error: unknown): void {
  const fault = faultOf(error);
  // Ask for a permission if it solves the problem.
  const module = fault?.problems.find(({ allow }) => allow !== undefined)?.allow;
  if (module !== undefined) {
    askForCode(module);
    return;
  }
  const lines =
    fault === null
      ? [i18n.t("app.unexpected"), error instanceof Error ? error.message : String(error)]
      : fault.problems.map((problem) => problemLine(problem, i18n.language));
  notifications.show({
    color: "red",
    title: i18n.t("app.failed"),
    autoClose: ERROR_MS,
    closeButtonProps: { "aria-label": i18n.t("app.close") },
    message: (
      <Stack gap={4}>
        {lines.map((line) => (
          <Text size="sm" key={line}>
            {line}
          </Text>
        ))}
      </Stack>
    ),
  });
}
