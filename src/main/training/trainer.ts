/**
 * The trainer process: does one job for a host and exits. It halts at the next call when asked, and when the host goes away it
 * leaves a checkpoint that can be adopted.
 */
import { Fault } from "../../shared/kit/fault.ts";
import { EvaluationProgram } from "../engine/programs/evaluate.ts";
import { TrainingProgram } from "../engine/programs/train.ts";
import { type Channel, openChannel } from "./channel.ts";
import { Checkpoints, type Restored } from "./checkpoints.ts";
import { evaluateFeed } from "./evaluation.ts";
import { TrainingLoop } from "./loop.ts";
import { prepare } from "./prepare.ts";
import type { TrainerJob, TrainerProgress } from "./protocol.ts";
import { Reporter } from "./reporter.ts";

type TrainJob = Extract<TrainerJob, { readonly type: "train" }>;
type EvaluateJob = Extract<TrainerJob, { readonly type: "evaluate" }>;

const channel = openChannel();
const reporter = new Reporter(channel);
let halted = false;
let hostGone = false;

channel.onMessage((message) => {
  switch (message.type) {
    case "job":
      void perform(message.job);
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
  reporter.wake();
});
// Ctrl-C reaches the whole process group; what to do about it is the host's to say.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {
  halted = true;
});
channel.send({ type: "ready" });

async function perform(job: TrainerJob): Promise<void> {
  try {
    await (job.type === "train" ? train(job, channel) : evaluate(job, channel));
    process.exit(0);
  } catch (error) {
    const problems =
      error instanceof Fault
        ? error.problems
        : [
            {
              place: "trainer",
              expected: "must not fail",
              received: error instanceof Error ? error.message : String(error),
              remedy: "This is a fault of Descent or of this machine; the log holds the details.",
            },
          ];
    await reporter.drained(() => hostGone);
    await channel.flush({ type: "failed", problems, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exit(1);
  }
}

async function train(job: TrainJob, { send, flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  const { recipe } = job;
  const stepsPerEpoch = (length: number) => Math.ceil(length / recipe.batch.size);
  const announce = (phase: TrainerProgress["phase"], totalSteps: number) =>
    send({
      type: "progress",
      progress: { phase, step: 0, totalSteps, epoch: 1, totalEpochs: recipe.budget.epochs, stepsPerSecond: null, samplesPerSecond: null },
    });

  announce("preparing", 0);
  const { source, layout, open } = await prepare(recipe);
  const [trainFeed, validation, test] = [await open("train"), await open("validation"), await open("test")];
  announce("compiling", stepsPerEpoch(trainFeed.length) * recipe.budget.epochs);
  const options = { threads: recipe.device.threads };
  const programs = new Map<number, TrainingProgram>();
  for (const size of new Set([recipe.batch.size, trainFeed.length % recipe.batch.size]))
    if (size > 0) programs.set(size, await TrainingProgram.compile(source, layout, size, options));
  const evaluations = {
    validation: await EvaluationProgram.compile(source, layout, validation.length, options),
    test: await EvaluationProgram.compile(source, layout, test.length, options),
  };

  const checkpoints = new Checkpoints(job.run, recipe.seed, job.folder, layout);
  const fresh = (): Restored => ({ position: { step: 0, epoch: 1, batch: 0 }, state: layout.initialize(recipe.seed), best: null });
  const start = job.resumeFrom === null ? fresh() : await checkpoints.read(job.resumeFrom);
  const loop = new TrainingLoop(
    {
      recipe,
      train: trainFeed,
      validation,
      test,
      programs,
      evaluations,
      checkpoints,
      checkpointEvery: job.checkpointEvery,
      reporter,
      halted: () => halted,
      hostGone: () => hostGone,
      onCheckpoint: (records) => send({ type: "checkpoint", records }),
    },
    start,
  );
  const { outcome, metrics } = await loop.run();
  await reporter.drained(() => hostGone);
  await flush({ type: "done", outcome, metrics, seconds: (performance.now() - startedAt) / 1000 });
}

async function evaluate(job: EvaluateJob, { flush }: Channel): Promise<void> {
  const startedAt = performance.now();
  const { source, layout, open } = await prepare(job.recipe);
  const feed = await open(job.split);
  const program = await EvaluationProgram.compile(source, layout, feed.length, { threads: job.recipe.device.threads });
  const { state } = await new Checkpoints(job.run, job.recipe.seed, "", layout).read(job.checkpoint);
  const metrics = await evaluateFeed(program, feed, state, job.split, () => halted);
  await flush({ type: "done", outcome: metrics === null ? "halted" : "completed", metrics: metrics ?? {}, seconds: (performance.now() - startedAt) / 1000 });
}
