/** Actions on studies. Errors of the studio are shown in its own words; what can be taken back is offered to be. */
import type { StudySummary } from "../../shared/contract/studies.ts";
import { go } from "../app/route.ts";
import { i18n } from "../i18n/index.ts";
import { announce } from "../ui/Announcer.tsx";
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

/** The recipe of a trial; null where the studio refuses it, which it then has said. */
export async function recipeOfTrial(id: string, number: number): Promise<unknown> {
  let recipe: unknown = null;
  await attempt(async () => {
    recipe = await client.studies.recipe({ id, number });
  });
  return recipe;
}
