/** A recipe trained by the product's own loop, in this process, and left for PyTorch as `descent reproduce` leaves it. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { EvaluationProgram } from "../../../src/main/engine/programs/evaluate.ts";
import { TrainingProgram } from "../../../src/main/engine/programs/train.ts";
import { Checkpoints } from "../../../src/main/training/checkpoints.ts";
import { TrainingLoop } from "../../../src/main/training/loop/loop.ts";
import { prepare } from "../../../src/main/training/prepare.ts";
import type { TrainerToHost } from "../../../src/main/training/protocol.ts";
import type { CheckpointRecord } from "../../../src/main/training/records.ts";
import { Reporter } from "../../../src/main/training/reporter.ts";
import { type Measured, writeReproduction } from "../../../src/main/training/reproduce.ts";
import { stepSizes } from "../../../src/shared/recipe/batch.ts";
import { bestRule } from "../../../src/shared/recipe/best.ts";
import type { Recipe } from "../../../src/shared/recipe/recipe.ts";

/** @param folder where `train.py` is written, with a checkpoint beside it */
export async function trainAndWrite(recipe: Recipe, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const prepared = await prepare(recipe);
  const { source, trainingSource, layout, open } = prepared;
  const options = { device: "cpu", threads: 1 } as const;
  const values = new Map<string, Map<number, number>>();
  const reporter: Reporter = new Reporter({ send: take, flush: async (message) => take(message), onMessage: () => {}, onLost: () => {} });
  function take(message: TrainerToHost): void {
    if (message.type !== "metrics") return;
    for (const { name, steps, values: measured } of message.blocks) {
      const series = values.get(name) ?? new Map<number, number>();
      for (const [i, step] of steps.entries()) series.set(step, measured[i] ?? Number.NaN);
      values.set(name, series);
    }
    reporter.acknowledge(message.sequence);
  }
  const programs = new Map<number, TrainingProgram>();
  const kept = new Map<CheckpointRecord["kind"], CheckpointRecord>();
  try {
    const [train, validation, test] = [await open("train"), await open("validation"), await open("test")];
    for (const size of stepSizes(recipe.batch, train.length)) programs.set(size, await TrainingProgram.compile(trainingSource, layout, size, options));
    const trainingSample = await prepared.openTrainingSample(train);
    const evaluation = await EvaluationProgram.compile(source, layout, [validation.length, test.length, trainingSample?.length ?? 0], options);
    const loop = await TrainingLoop.open(
      {
        recipe,
        train,
        validation,
        test,
        trainingSample,
        programs,
        evaluation,
        checkpoints: new Checkpoints("random", recipe.seed, folder, layout),
        device: "cpu",
        tensors: layout.tensors,
        checkpointEvery: null,
        reporter,
        halted: () => false,
        hostGone: () => false,
        onCheckpoint: (records) => {
          for (const record of records) kept.set(record.kind, record);
        },
        note: () => {},
      },
      { position: { step: 0, epoch: 1, batch: 0 }, course: null, state: layout.initialize(recipe.seed), best: null, split: null },
    );
    const { metrics } = await loop.run();
    for (const program of [...programs.values(), evaluation]) await program.dispose();
    const [last, best] = [kept.get("last"), kept.get("best")];
    if (last === undefined) throw new Error("no checkpoint was written");
    const series = (name: string) => [...(values.get(name) ?? [])].sort(([a], [b]) => a - b).map(([, value]) => value);
    const tested = bestRule(recipe).tested ? (best ?? last) : last;
    const strip = (part: string, all: Readonly<Record<string, number>>) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) => (name.startsWith(part) && Number.isFinite(value) ? [[name.slice(part.length), value] as const] : [])),
      );
    await writeReproduction({
      recipe,
      folder,
      losses: series("train.loss"),
      rates: series("train.learningRate"),
      measured: [
        ...measuredIn(values).filter(({ part, step }) => part !== "test" || step !== tested.step),
        { part: "test", step: tested.step, metrics: strip("test.", metrics) },
      ],
      checkpoint: { file: path.join(folder, last.file), step: last.step },
      origin: "a random recipe",
    });
  } finally {
    await prepared.close();
  }
}

/** What was measured of whole parts after epochs. */
function measuredIn(values: ReadonlyMap<string, ReadonlyMap<number, number>>): readonly Measured[] {
  return (["validation", "test", "trainEval"] as const).flatMap((part) => {
    const own = [...values].filter(([name]) => name.startsWith(`${part}.`));
    const steps = [...new Set(own.flatMap(([, series]) => [...series.keys()]))].sort((a, b) => a - b);
    return steps.map((step) => ({
      part,
      step,
      metrics: Object.fromEntries(
        own.flatMap(([name, series]) => (series.has(step) ? [[name.slice(part.length + 1), series.get(step) ?? Number.NaN] as const] : [])),
      ),
    }));
  });
}
