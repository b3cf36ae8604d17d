/** Actions on studies. Errors of the studio are shown in its own words; what can be taken back is offered to be. */
import type { StudyEdit, StudySummary } from "../../shared/contract/studies.ts";
import { go } from "../app/route.ts";
import { i18n } from "../i18n/index.ts";
import { announce } from "../ui/Announcer.tsx";
import { offerUndo } from "../ui/undo.tsx";
import { attempt } from "./actions.tsx";
import { client } from "./client.ts";
import { refreshStudy } from "./studies.ts";

/** Starts a study and opens it. @returns whether it started */
export async function startStudy(study: unknown): Promise<boolean> {
  let started = false;
  await attempt(async () => {
    const { id, name } = await client.studies.start({ study });
    started = true;
    await refreshStudy(id);
    announce(i18n.t("tune.said.started", { name }));
    go({ screen: "tune", study: id });
  });
  return started;
}

/** Pauses a running study, resumes any other. */
export function toggleStudy({ id, status }: Pick<StudySummary, "id" | "status">): Promise<void> {
  return attempt(async () => {
    await (status === "running" ? client.studies.pause({ id }) : client.studies.resume({ id }));
    await refreshStudy(id);
  });
}

/**
 * Changes a study, and offers to change it back.
 * @param back the same fields as they were; null for a change that cannot be taken back
 */
export function editStudy(id: string, edit: StudyEdit, back: StudyEdit | null, said: string): Promise<void> {
  return attempt(async () => {
    await client.studies.edit({ id, edit });
    await refreshStudy(id);
    announce(said);
    if (back !== null) offerUndo(said, null, () => void editStudy(id, back, null, i18n.t("tune.said.undone")));
  });
}

export function renameStudy(id: string, name: string): Promise<void> {
  return attempt(async () => {
    await client.studies.rename({ id, name });
    await refreshStudy(id);
  });
}

/** Hides a study with its runs, and offers an undo. */
export function removeStudy({ id, name }: Pick<StudySummary, "id" | "name">): Promise<void> {
  return attempt(async () => {
    await client.studies.remove({ ids: [id] });
    await refreshStudy(id);
    go({ screen: "tune", study: null });
    offerUndo(i18n.t("tune.said.removed", { name }), null, () => {
      void attempt(async () => {
        await client.studies.restore({ ids: [id] });
        await refreshStudy(id);
      });
    });
  });
}

/** Ends a trial; it can be repeated, which is what undo does. */
export function endTrial(id: string, number: number): Promise<void> {
  return attempt(async () => {
    await client.studies.endTrial({ id, number });
    await refreshStudy(id);
    offerUndo(i18n.t("tune.said.ended", { number }), null, () => void repeatTrials(id, [number]));
  });
}

export function repeatTrials(id: string, numbers: readonly number[]): Promise<void> {
  return attempt(async () => {
    await client.studies.repeatTrials({ id, numbers: [...numbers] });
    await refreshStudy(id);
    announce(i18n.t("tune.said.repeated", { count: numbers.length }));
  });
}

export function confirmWinner(id: string, best: number, seeds: number): Promise<void> {
  return attempt(async () => {
    await client.studies.confirm({ id, best, seeds });
    await refreshStudy(id);
  });
}

/** The recipe of a trial; null where the studio refuses it, which it then has said. */
export async function recipeOfTrial(id: string, number: number): Promise<unknown> {
  let recipe: unknown = null;
  await attempt(async () => {
    recipe = await client.studies.recipe({ id, number });
  });
  return recipe;
}
