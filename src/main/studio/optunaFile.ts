/** Writes a study as a file of Optuna. */
import path from "node:path";
import { requireStudy } from "../../shared/tuning/checkStudy.ts";
import { objectiveFacts } from "../../shared/tuning/objectives.ts";
import { optunaJournal } from "../../shared/tuning/optuna.ts";
import { requireFree } from "../storage/requireFree.ts";
import { writeWhole } from "../storage/wholeFile.ts";
import type { StudyContext } from "./confirmations.ts";
import { curvesView } from "./studyViews.ts";

/** The file is complete or absent. @throws Fault if it exists and `force` is not given, or cannot be written */
export async function exportOptuna(
  { context, studies }: StudyContext,
  text: string,
  file: string,
  force: boolean,
): Promise<{ readonly file: string; readonly trials: number }> {
  const { history } = context;
  const { key, name, json } = studies.row(text);
  const study = requireStudy(json);
  const target = path.resolve(file);
  await requireFree(target, "file", force);
  const curves = new Map(curvesView(history, key, study, null).map(({ number, points }) => [number, points]));
  const trials = history.trials.list(key).filter(({ origin }) => origin !== "confirmation");
  const journal = optunaJournal({
    name,
    objectives: study.objectives.map(objectiveFacts),
    space: study.space,
    trials: trials.map((trial) => ({ ...trial, curve: curves.get(trial.number) ?? [] })),
    study: { ...study, name },
  });
  await writeWhole(target, [Buffer.from(journal)], { what: "the study", remedy: "Free some space and try again.", shared: true });
  return { file: target, trials: trials.length };
}
