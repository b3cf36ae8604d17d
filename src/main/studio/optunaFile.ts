/** Studies as files of Optuna: written, and read. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { StudySummary } from "../../shared/contract/studies.ts";
import { fail } from "../../shared/kit/fault.ts";
import { requireStored } from "../../shared/tuning/checkStudy.ts";
import { objectiveFacts } from "../../shared/tuning/objectives.ts";
import { optunaJournal } from "../../shared/tuning/optuna.ts";
import { importedStudy } from "../../shared/tuning/optunaImport.ts";
import { requireFree } from "../storage/requireFree.ts";
import { writeWhole } from "../storage/wholeFile.ts";
import type { StudyContext } from "./confirmations.ts";
import { freshId } from "./ids.ts";
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
  const study = requireStored(json);
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

/** Stores the study of such a file as a completed one. @throws Fault if it cannot be read, or holds no study */
export async function importOptuna({ context, studies }: StudyContext, file: string, name: string | null): Promise<StudySummary> {
  const { history, hub } = context;
  const imported = importedStudy(await readText(path.resolve(file)));
  const study = requireStored(imported.study);
  const { key, id } = history.connection.transaction(() => {
    const fresh = freshId((wanted) => history.studies.withPrefix(wanted, true).length > 0);
    const stored = { id: fresh, name: name ?? imported.name, status: "completed", owner: null, dataset: "", study } as const;
    const inserted = history.studies.insert(stored);
    for (const { point, state, values, startedAt, endedAt } of imported.trials) {
      const number = history.trials.insert(inserted, 0, { origin: "sampler", point, pending: [], totalEpochs: 0 });
      history.trials.update(inserted, number, 0, { state, values, repeats: values === null ? [] : [values], startedAt, endedAt });
    }
    history.studies.update(inserted, { endedAt: Date.now() });
    return { key: inserted, id: fresh };
  });
  hub.studies(id);
  return studies.summary(key);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fail(code === "ENOENT" ? "missing" : "environment", file, { en: "must be a file that can be read", ko: "읽을 수 있는 파일이어야 합니다" }, code, {
      en: "Check the path and the permissions.",
      ko: "경로와 권한을 확인하세요.",
    });
  }
}
