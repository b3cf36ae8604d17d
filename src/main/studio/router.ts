/** The contract's implementation: thin, one line a procedure; faults are encoded here for every caller alike. */
import os from "node:os";
import { resolve } from "node:path";
import { implement, ORPCError, ValidationError } from "@orpc/server";
import packageJson from "../../../package.json" with { type: "json" };
import { contract } from "../../shared/contract/contract.ts";
import { encodeFault, faultOf } from "../../shared/contract/faults.ts";
import type { SystemInfo } from "../../shared/contract/types.ts";
import { Fault, quote } from "../../shared/kit/fault.ts";
import { presetRecipes } from "../../shared/recipe/presetRecipes.ts";
import { examineModule } from "../data/code/examine.ts";
import { listPermissions } from "../data/code/permissions.ts";
import { shippedDatasets } from "../data/shipped.ts";
import { storageFault } from "../history/faults.ts";
import { checkRecipe } from "./check.ts";
import type { StudioContext } from "./context.ts";
import { allowCode, forgetCode } from "./data/code.ts";
import { inspectData, problemsAsCsv } from "./data/inspect.ts";
import type { DatasetService } from "./data/service.ts";
import { describeIn, requireSource } from "./data/source.ts";
import { evaluateRun } from "./evaluate.ts";
import { exportRun } from "./exportOnnx.ts";
import { followRun } from "./follow.ts";
import { log } from "./log.ts";
import { predictRun } from "./predict.ts";
import { testRange } from "./rangeTest.ts";
import { reproduceRun } from "./reproduce.ts";
import type { RunService } from "./runs.ts";
import type { Scheduler } from "./scheduler.ts";
import { readStarters } from "./starters.ts";

export interface RouterParts {
  readonly context: StudioContext;
  readonly scheduler: Scheduler;
  readonly runs: RunService;
  readonly datasets: DatasetService;
  readonly host: SystemInfo["host"];
  /** Aborted when the studio closes. */
  readonly closing: AbortSignal;
}

export type StudioRouter = ReturnType<typeof createRouter>;

export function createRouter({ context, scheduler, runs, datasets, host, closing }: RouterParts) {
  const { hub, history, layout } = context;
  const root = implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw encoded(error, path.join("."), layout.home);
    }
  });
  return root.router({
    system: {
      info: root.system.info.handler(() => ({ version: packageJson.version, host, home: layout.home, cores: os.availableParallelism() })),
      events: root.system.events.handler(({ signal }) => hub.stream(signal, (until) => hub.events(until))),
    },
    recipes: {
      list: root.recipes.list.handler(() => readStarters()),
      presets: root.recipes.presets.handler(() => presetRecipes()),
      check: root.recipes.check.handler(async ({ input }) => {
        const { startable: _, ...check } = await checkRecipe(input.recipe, (source) => describeIn(context, source));
        return check;
      }),
      rangeTest: root.recipes.rangeTest.handler(({ input, signal }) =>
        hub.stream(signal, (until) => testRange(context, input, AbortSignal.any([until, closing]))),
      ),
    },
    datasets: {
      list: root.datasets.list.handler(() => shippedDatasets()),
      own: root.datasets.own.handler(() => datasets.own()),
      detect: root.datasets.detect.handler(({ input }) => datasets.detect(input.path, input.set)),
      add: root.datasets.add.handler(({ input }) => datasets.add(input.name, input.source)),
      rename: root.datasets.rename.handler(({ input }) => datasets.rename(input.id, input.name)),
      change: root.datasets.change.handler(({ input }) => datasets.changeSource(input.id, input.source)),
      remove: root.datasets.remove.handler(({ input }) => datasets.hide(input.ids, true)),
      restore: root.datasets.restore.handler(({ input }) => datasets.hide(input.ids, false)),
      describe: root.datasets.describe.handler(({ input }) => datasets.describe(input.source)),
      inspect: root.datasets.inspect.handler(({ input, signal }) => {
        const source = requireSource(input.source);
        return hub.stream(signal, (until) => inspectData(context, source, AbortSignal.any([until, closing])));
      }),
      samples: root.datasets.samples.handler(({ input }) => datasets.samples(input.source, input.samples, input.side)),
      problemsCsv: root.datasets.problemsCsv.handler(({ input, signal }) =>
        problemsAsCsv(context, requireSource(input.source), signal === undefined ? closing : AbortSignal.any([signal, closing])),
      ),
      suspects: root.datasets.suspects.handler(({ input }) => datasets.suspects(input.id)),
    },
    code: {
      examine: root.code.examine.handler(({ input }) => examineModule(resolve(input.path))),
      allow: root.code.allow.handler(({ input }) => allowCode(context, resolve(input.path), input.digest)),
      list: root.code.list.handler(() => listPermissions()),
      forget: root.code.forget.handler(({ input }) => forgetCode(context, input.hashes)),
    },
    augment: {
      preview: root.augment.preview.handler(({ input }) => datasets.preview(input.recipe, input.sample, input.epoch, input.count)),
      seen: root.augment.seen.handler(({ input }) => datasets.seen(input.id, input.step, input.count)),
    },
    runs: {
      list: root.runs.list.handler(() => runs.list()),
      get: root.runs.get.handler(({ input }) => runs.get(input.id)),
      start: root.runs.start.handler(({ input }) => runs.start(input.recipe, input.checkpointEvery)),
      pause: root.runs.pause.handler(({ input }) => runs.halt(input.id, "pause")),
      resume: root.runs.resume.handler(({ input }) => runs.resume(input.id, input.checkpointEvery, input.epochs)),
      stop: root.runs.stop.handler(({ input }) => runs.halt(input.id, "stop")),
      rename: root.runs.rename.handler(({ input }) => runs.rename(input.id, input.name)),
      remove: root.runs.remove.handler(({ input }) => runs.remove(input.ids)),
      restore: root.runs.restore.handler(({ input }) => runs.restore(input.ids)),
      metrics: root.runs.metrics.handler(({ input }) =>
        history.metrics.series(runs.find(input.id).key, input.names, input.maxPoints, input.fromStep, input.toStep),
      ),
      evaluate: root.runs.evaluate.handler(({ input, signal }) => {
        const { key, id } = runs.find(input.id);
        return evaluateRun(context, key, id, input.split, signal === undefined ? closing : AbortSignal.any([signal, closing]));
      }),
      predict: root.runs.predict.handler(({ input, signal }) => {
        const { key, id } = runs.find(input.id);
        return hub.stream(signal, (until) => predictRun(context, key, id, input.from, AbortSignal.any([until, closing])));
      }),
      exportOnnx: root.runs.exportOnnx.handler(({ input, signal }) => {
        const { key, id } = runs.find(input.id);
        return exportRun(context, key, id, input.file, input.force, signal === undefined ? closing : AbortSignal.any([signal, closing]));
      }),
      reproduce: root.runs.reproduce.handler(({ input, signal }) => {
        const { key, id } = runs.find(input.id);
        return reproduceRun(context, key, id, input.folder, input.steps, signal === undefined ? closing : AbortSignal.any([signal, closing]));
      }),
      follow: root.runs.follow.handler(({ input, signal }) => {
        const { key } = runs.find(input.id);
        return hub.stream(signal, (until) => followRun(context, scheduler, key, input.metrics, until));
      }),
    },
  });
}

/** What a caller gets to see of an error. */
function encoded(error: unknown, procedure: string, home: string): unknown {
  const fault = faultOf(storageFault(error, home)) ?? invalidInput(error, procedure);
  if (fault !== null) return encodeFault(fault);
  if (!(error instanceof ORPCError)) log.error({ procedure, err: error }, "a procedure failed");
  return error;
}

/** Input that does not fit the contract, which a person can cause by a script of theirs. */
function invalidInput(error: unknown, procedure: string): Fault | null {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return null;
  const { issues, data } = error.cause;
  return new Fault(
    "usage",
    issues.map(({ path = [], message }) => ({
      place: [procedure, ...path.map((part) => String(typeof part === "object" ? part.key : part))].join("."),
      expected: message,
      received: quote(data),
      remedy: "Correct the value.",
    })),
  );
}
