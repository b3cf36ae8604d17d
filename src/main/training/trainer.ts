/**
 * The trainer process: does a job for a host and exits, or waits for another one if the host says so. It halts at the next call when asked. If the host
 * ends, it leaves a checkpoint that another studio can adopt.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import type { PredictionEvent } from "../../shared/contract/predictions.ts";
import { assertNever, describeProblem, Fault } from "../../shared/kit/fault.ts";
import { inLanguage } from "../../shared/kit/words.ts";
import { rangeTestRates } from "../../shared/math/rangeTest.ts";
import { stepSizes, stepsPerEpoch } from "../../shared/recipe/batch.ts";
import { budgetNotes } from "../../shared/recipe/budgetNotes.ts";
import { recipeWarnings } from "../../shared/recipe/warnings.ts";
import { splitLeaks } from "../data/inspect/splitLeaks.ts";
import { leakWarnings } from "../data/inspect/targetLeaks.ts";
import { onNotice } from "../data/notice.ts";
import { requireKeptSplit, SPLIT_FILE, splitDigest, writeSplit } from "../data/splits/store.ts";
import type { DeviceName } from "../engine/devices/device.ts";
import { requireDevice } from "../engine/devices/report.ts";
import { describeUnsupported } from "../engine/devices/unsupported.ts";
import { EvaluationProgram } from "../engine/programs/evaluate.ts";
import { TrainingProgram } from "../engine/programs/train.ts";
import { type Channel, openChannel } from "./channel.ts";
import { Checkpoints, type Restored } from "./checkpoints.ts";
import { evaluateFeed } from "./evaluation.ts";
import { exportOnnx } from "./exportOnnx.ts";
import { requireKeptNames } from "./keptNames.ts";
import { type LoopResult, TrainingLoop } from "./loop/loop.ts";
import { predict } from "./predict.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { keepPreprocessing } from "./preprocessing.ts";
import type { TrainerJob } from "./protocol.ts";
import { rangeTestLosses } from "./rangeTest.ts";
import type { TrainerProgress } from "./records.ts";
import { Reporter } from "./reporter.ts";
import { writeReproduction } from "./reproduce.ts";
import { inspect, openRoom } from "./room/room.ts";
import { targetsLearned } from "./targetsLearned.ts";

type TrainJob = Extract<TrainerJob, { readonly type: "train" }>;
type RangeTestJob = Extract<TrainerJob, { readonly type: "rangeTest" }>;
type ReproduceJob = Extract<TrainerJob, { readonly type: "reproduce" }>;
type PredictJob = Extract<TrainerJob, { readonly type: "predict" }>;
type ExportJob = Extract<TrainerJob, { readonly type: "export" }>;
type InspectJob = Extract<TrainerJob, { readonly type: "inspect" }>;
type EvaluateJob = Extract<TrainerJob, { readonly type: "evaluate" }>;

const channel = openChannel();
let reporter = new Reporter(channel);
let busy = false;
let halted = false;
let hostGone = false;

channel.onMessage((message) => {
  switch (message.type) {
    case "job":
      // What a halt or an acknowledgement said to the former job does not concern this one.
      halted = hostGone;
      reporter = new Reporter(channel);
      busy = true;
      void perform(message.job, message.stay === true);
      break;
    case "committed":
      reporter.acknowledge(message.sequence);
      break;
    case "halt":
      halted = true;
      break;
  }
});
channel.onLost(() => {
  hostGone = true;
  halted = true;
  if (!busy) process.exit(0);
  reporter.wake();
});
// Ctrl-C reaches the whole process group; the host decides what to do.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {
  halted = true;
  if (!busy) process.exit(0);
});
onNotice((text) => channel.send({ type: "log", level: "warning", text }));
channel.send({ type: "ready" });

async function perform(job: TrainerJob, stay: boolean): Promise<void> {
  try {
    await work(job, channel);
    leave(0, stay);
  } catch (error) {
    const problems =
      error instanceof Fault
        ? error.problems
        : [
            {
              place: "trainer",
              expected: "must not fail",
              received: error instanceof Error ? error.message : String(error),
              remedy: "This is a bug in Descent or a problem of this machine; the log holds the details.",
            },
          ];
    await reporter.drained(() => hostGone);
    const kind = error instanceof Fault ? error.kind : "environment";
    await channel.flush({ type: "failed", kind, problems, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    leave(1, stay && kind !== "environment");
  }
}

/** Ends the process, or waits for the next job. */
function leave(code: number, stay: boolean): void {
  if (!stay || hostGone) process.exit(code);
  busy = false;
  channel.send({ type: "idle" });
}

function work(job: TrainerJob, wire: Channel): Promise<void> {
  switch (job.type) {
    case "train":
      return train(job, wire);
    case "evaluate":
      return evaluate(job, wire);
    case "rangeTest":
      return testRange(job, wire);
    case "reproduce":
      return reproduce(job, wire);
    case "predict":
      return predictSamples(job, wire);
    case "export":
      return exportModel(job, wire);
    case "inspect":
      return inspectData(job, wire);
    case "room":
      return keepRoom(wire);
    default:
      return assertNever(job);
  }
}

async function train(job: TrainJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  const announce = (phase: TrainerProgress["phase"], totalSteps: number) =>
    send({
      type: "progress",
      progress: { phase, step: 0, totalSteps, epoch: 1, totalEpochs: job.recipe.budget.epochs, stepsPerSecond: null, samplesPerSecond: null },
    });
  announce("preparing", 0);
  const prepared = await prepare(job.recipe);
  // Closed even if training fails: no augmenting thread may be running when the process exits.
  const { outcome, metrics } = await trainOn(prepared, job, send, (totalSteps) => announce("compiling", totalSteps)).finally(prepared.close);
  await reporter.drained(() => hostGone);
  await flush({ type: "done", outcome, metrics, seconds: (performance.now() - startedAt) / 1000 });
}

async function trainOn(prepared: Prepared, job: TrainJob, send: Channel["send"], compiling: (totalSteps: number) => void): Promise<LoopResult> {
  const { recipe } = job;
  const { dataset, targets, source, trainingSource, layout, split, open } = prepared;
  const checkpoints = new Checkpoints(job.run, recipe.seed, job.folder, layout, splitDigest(split, targets));
  const fresh = (): Restored => ({
    position: { step: 0, epoch: 1, batch: 0 },
    course: null,
    state: layout.initialize(recipe.seed),
    best: null,
    split: null,
  });
  if (job.resumeFrom !== null) await requireKeptNames(job.folder, prepared);
  const start = job.resumeFrom === null ? fresh() : await checkpoints.read(job.resumeFrom, job.bestLost);
  if (job.resumeFrom === null) {
    await writeSplit(path.join(job.folder, SPLIT_FILE), split, targets);
    // Streamed data would be read a second time.
    const leaks = dataset.resident ? await splitLeaks(dataset, split) : [];
    for (const { title, remedy } of leaks) send({ type: "log", level: "warning", text: `${inLanguage(title, "en")}. ${inLanguage(remedy, "en")}` });
    for (const text of leakWarnings(dataset)) send({ type: "log", level: "warning", text });
    for (const warning of recipeWarnings(recipe)) send({ type: "log", level: "warning", text: describeProblem(warning) });
    const learned = targetsLearned(prepared);
    if (learned !== null) send({ type: "log", level: "info", text: learned });
  } else {
    const damage = await requireKeptSplit(job.folder, split, targets, start.split);
    if (damage !== null)
      send({
        type: "log",
        level: "warning",
        text: `${SPLIT_FILE} was damaged or missing (${inLanguage(damage, "en")}). It was written again, because the data give the same split.`,
      });
  }
  await keepPreprocessing(job.folder, recipe, prepared);
  const [trainFeed, validation, test] = [await open("train"), await open("validation"), await open("test")];
  compiling(stepsPerEpoch(recipe.batch, trainFeed.length) * recipe.budget.epochs);
  const { type: device, threads } = recipe.device;
  const options = { device, threads };
  await requireDevice(device);
  const programs = new Map<number, TrainingProgram>();
  for (const size of stepSizes(recipe.batch, trainFeed.length)) programs.set(size, await TrainingProgram.compile(trainingSource, layout, size, options));
  const trainingSample = await prepared.openTrainingSample(trainFeed);
  const evaluation = await EvaluationProgram.compile(source, layout, [validation.length, test.length, trainingSample?.length ?? 0], options);

  for (const text of [...budgetNotes(recipe), ...lacking(programs, device)]) send({ type: "log", level: "warning", text, once: true });
  const loop = await TrainingLoop.open(
    {
      recipe,
      train: trainFeed,
      validation,
      test,
      trainingSample,
      programs,
      evaluation,
      checkpoints,
      device,
      tensors: layout.tensors,
      checkpointEvery: job.checkpointEvery,
      reporter,
      halted: () => halted,
      hostGone: () => hostGone,
      onCheckpoint: (records) => send({ type: "checkpoint", records }),
      note: (text) => send({ type: "log", level: "info", text, once: true }),
    },
    start,
  );
  // The start has succeeded: unreferenced files can be deleted.
  for (const file of job.leftovers) await rm(path.join(job.folder, path.basename(file)), { recursive: true, force: true });
  try {
    return await loop.run();
  } finally {
    // A trainer that stays would keep their memory.
    for (const program of [...programs.values(), evaluation]) await program.dispose();
  }
}

/** Operators that the device leaves to the processor, each once. */
function lacking(programs: ReadonlyMap<number, TrainingProgram>, device: DeviceName): readonly string[] {
  return [...new Set([...programs.values()].flatMap(({ unsupported }) => unsupported.map((each) => describeUnsupported(each, device))))];
}

async function evaluate(job: EvaluateJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  const prepared = await prepare(job.recipe);
  const { source, layout, split, targets, open } = prepared;
  await requireKeptNames(path.dirname(job.checkpoint), prepared);
  const feed = await open(job.split);
  const program = await EvaluationProgram.compile(source, layout, [feed.length], { device: job.recipe.device.type, threads: job.recipe.device.threads });
  const { state, split: stamped } = await new Checkpoints(job.run, job.recipe.seed, "", layout).read(job.checkpoint, true);
  await requireKeptSplit(path.dirname(job.checkpoint), split, targets, stamped);
  const metrics = await evaluateFeed(
    program,
    feed,
    state,
    job.split,
    () => halted,
    (text) => send({ type: "log", level: "info", text }),
  );
  await flush({ type: "done", outcome: metrics === null ? "halted" : "completed", metrics: metrics ?? {}, seconds: (performance.now() - startedAt) / 1000 });
}

async function testRange({ recipe, from, to, steps }: RangeTestJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  const take = (losses: readonly number[]) => send({ type: "range", losses });
  await rangeTestLosses(recipe, rangeTestRates(from, to, steps), take, () => halted);
  await flush({ type: "done", outcome: halted ? "halted" : "completed", metrics: {}, seconds: (performance.now() - startedAt) / 1000 });
}

/** One piece at a time: the next one is computed when the host has passed on the previous one. */
async function predictSamples({ request }: PredictJob, { send, flush, onMessage, onLost }: Channel): Promise<void> {
  const startedAt = performance.now();
  let taken = Promise.withResolvers<void>();
  onMessage(({ type }) => {
    if (type === "taken" || type === "halt") taken.resolve();
  });
  onLost(() => taken.resolve());
  const emit = async (event: PredictionEvent) => {
    taken = Promise.withResolvers<void>();
    send({ type: "predictions", event });
    if (!halted) await taken.promise;
  };
  await predict(request, emit, () => halted);
  await flush({ type: "done", outcome: halted ? "halted" : "completed", metrics: {}, seconds: (performance.now() - startedAt) / 1000 });
}

async function exportModel({ request }: ExportJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  send({ type: "exported", model: await exportOnnx(request) });
  await flush({ type: "done", outcome: "completed", metrics: {}, seconds: (performance.now() - startedAt) / 1000 });
}

async function inspectData({ source }: InspectJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  await inspect(source, (event) => send({ type: "inspection", event }));
  await flush({ type: "done", outcome: "completed", metrics: {}, seconds: (performance.now() - startedAt) / 1000 });
}

/** Runs until the host halts it or ends. */
async function keepRoom(wire: Channel): Promise<void> {
  openRoom(wire);
  const { promise, resolve } = Promise.withResolvers<void>();
  wire.onMessage(({ type }) => {
    if (type === "halt") resolve();
  });
  wire.onLost(resolve);
  await promise;
}

async function reproduce({ request }: ReproduceJob, { flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  await writeReproduction(request);
  await flush({ type: "done", outcome: "completed", metrics: {}, seconds: (performance.now() - startedAt) / 1000 });
}
