/** Writes a run's tested network as one ONNX file. */
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import type { ExportedModel } from "../../shared/contract/exportedModel.ts";
import { fail, internal } from "../../shared/kit/fault.ts";
import { requireFree } from "../storage/requireFree.ts";
import type { StudioContext } from "./context.ts";
import { newRunId } from "./ids.ts";
import { streamJob } from "./job.ts";
import { recipeOf } from "./recipeOf.ts";
import { intactCheckpoint } from "./startPoint.ts";

/** @throws Fault if the run has no intact checkpoint, or the file cannot be written or predicts something else than the studio */
export async function exportRun(context: StudioContext, key: number, id: string, given: string, force: boolean, signal: AbortSignal): Promise<ExportedModel> {
  const { history, layout, spawnTrainer } = context;
  const target = path.resolve(given);
  await requireFree(target, "the ONNX file", force);
  const folder = await stat(path.dirname(target)).catch(() => null);
  if (folder === null || !folder.isDirectory())
    fail(
      "missing",
      path.dirname(target),
      "must be a folder, to write the ONNX file into",
      folder === null ? "no such folder" : "a file",
      "Create the folder first, or choose another one.",
    );
  const recipe = recipeOf(history, key, id);
  const checkpoint = await intactCheckpoint(context, key, id, "to export");
  const { kind, step, epoch, file } = checkpoint;
  const temporary = `${target}.${newRunId()}.tmp`;
  const request = {
    run: id,
    name: history.runs.summary(key).name,
    recipe,
    checkpoint: { kind, step, epoch, file: path.join(layout.runFolder(id), file) },
    file: target,
    temporary,
  };
  const messages = streamJob(spawnTrainer, { place: `run ${id}`, work: "the export", job: { type: "export", request }, signal, checkpoint });
  let model: ExportedModel | null = null;
  try {
    for await (const { message } of messages) if (message.type === "exported") model = message.model;
  } finally {
    await rm(temporary, { force: true });
  }
  if (model === null) throw internal("an export that did not report its file");
  return model;
}
