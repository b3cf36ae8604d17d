/**
 * The evaluation program: losses and outputs of many batches in one call, with the same `Loop` over an index tensor as in training, without gradients.
 * Outputs `loss/all` (one per batch) and `output/all`; the metrics are computed exactly from all outputs.
 */
import type { Accumulator } from "../../../shared/catalog/metrics/metric.ts";
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { gather } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import { internal, quote } from "../../../shared/kit/fault.ts";
import { metricDefinition } from "../../../shared/recipe/definitions.ts";
import { GraphSession, intTensor, longTensor, type SessionOptions } from "../session.ts";
import type { State, StateLayout } from "../state.ts";
import { dataFeeds, type ResidentData, stateFeeds } from "./feeds.ts";
import { lossOf } from "./gradient.ts";
import { dataInputs, evaluatedInputs, forward, gatherBatch, type ProgramSource } from "./model.ts";
import { scoresOf } from "./targets.ts";

/** Large enough to use all cores, small enough for activations to stay in the cache. */
export const EVALUATION_BATCH = 128;

export function evaluationGraph(source: ProgramSource, layout: StateLayout, batchSize: number): Graph {
  const builder = new GraphBuilder("evaluate");
  const data = dataInputs(builder, source.facts, batchSize);
  const tripCount = builder.input("tripCount", "int64", []);
  const tensors = evaluatedInputs(builder, layout);
  const { scans } = builder.loop(tripCount, [], "steps", (body, iteration) => {
    const { x, target } = gatherBatch(data, gather(data.indices, iteration), source);
    const output = forward(x, tensors, source.plan, null);
    const loss = body.scoped("loss", () => lossOf(source, output, target));
    const scores = scoresOf(output, source);
    return { state: [], scans: [body.emitNamed("loss", "Identity", [loss]), body.emitNamed("output", "Identity", [scores])] };
  });
  for (const scan of scans) builder.output(scan);
  return prune(builder.build());
}

export class EvaluationProgram {
  readonly #sessions: ReadonlyMap<number, GraphSession>;
  readonly #source: ProgramSource;
  readonly #layout: StateLayout;

  private constructor(sessions: ReadonlyMap<number, GraphSession>, source: ProgramSource, layout: StateLayout) {
    this.#sessions = sessions;
    this.#source = source;
    this.#layout = layout;
  }

  /** @param lengths number of samples in each part to evaluate */
  static async compile(source: ProgramSource, layout: StateLayout, lengths: readonly number[], options: SessionOptions): Promise<EvaluationProgram> {
    const sizes = new Set(lengths.flatMap((rows) => [Math.min(rows, EVALUATION_BATCH), rows % EVALUATION_BATCH]).filter((size) => size > 0));
    const sessions = new Map<number, GraphSession>();
    for (const size of sizes) sessions.set(size, await GraphSession.compile(evaluationGraph(source, layout, size), options));
    return new EvaluationProgram(sessions, source, layout);
  }

  /** Starts to evaluate a state, with its averaged weights if there are any. */
  measure(state: State): Measurement {
    return new Measurement(this.#sessions, this.#source, this.#layout, this.#layout.evaluationState(state));
  }

  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) await session.dispose();
  }
}

/** At most this many classes or columns are named. */
const NAMED = 8;

/** Loss and metrics of a state over samples that come in pieces. */
export class Measurement {
  readonly #sessions: ReadonlyMap<number, GraphSession>;
  readonly #source: ProgramSource;
  readonly #layout: StateLayout;
  readonly #state: State;
  readonly #metrics = new Map<string, Accumulator>();
  #rows = 0;
  #loss = 0;

  constructor(sessions: ReadonlyMap<number, GraphSession>, source: ProgramSource, layout: StateLayout, state: State) {
    this.#sessions = sessions;
    this.#source = source;
    this.#layout = layout;
    this.#state = state;
  }

  /** @param betweenCalls runs between native calls; may throw to cancel a long evaluation */
  async add(data: ResidentData, betweenCalls: () => Promise<void> = async () => {}): Promise<void> {
    const { facts } = this.#source;
    const callRows = EVALUATION_BATCH * 8;
    for (let start = 0; start < data.rows; ) {
      const left = data.rows - start;
      const batchSize = Math.min(left, EVALUATION_BATCH);
      const rows = left >= EVALUATION_BATCH ? Math.min(Math.floor(left / EVALUATION_BATCH) * EVALUATION_BATCH, callRows) : left;
      const session = this.#sessions.get(batchSize);
      if (session === undefined) throw internal(`no evaluation is compiled for batches of ${batchSize}`);
      const steps = rows / batchSize;
      const first = start;
      const outputs = await session.run({
        ...dataFeeds(data, facts),
        indices: intTensor(
          Int32Array.from({ length: rows }, (_, i) => first + i),
          [steps, batchSize],
        ),
        tripCount: longTensor(steps),
        ...stateFeeds(this.#state, this.#layout.evaluated),
      });
      for (const value of outputs.floats("loss/all")) this.#loss += value * batchSize;
      this.#accumulate(outputs.floats("output/all"), data.targets, start, rows);
      start += rows;
      await betweenCalls();
    }
    this.#rows += data.rows;
  }

  #accumulate(outputs: Float32Array, targets: Int32Array | Float32Array, start: number, rows: number): void {
    const width = outputs.length / rows;
    const perRow = targets instanceof Int32Array ? 1 : width;
    const some = { outputs, targets: targets.subarray(start * perRow, (start + rows) * perRow), rows, width };
    for (const name of this.#source.recipe.metrics) {
      const accumulator = this.#metrics.get(name) ?? metricDefinition(name).accumulator(width);
      this.#metrics.set(name, accumulator);
      accumulator.add(some);
    }
  }

  /** By metric, the classes or columns of the target for which it is not defined, with the reason. */
  undefinedFor(): ReadonlyMap<string, string> {
    const { target } = this.#source.facts;
    const [names, why] = target.kind === "classification" ? [target.classes, "without samples of it, or of others"] : [target.names, "which does not vary"];
    return new Map(
      [...this.#metrics].flatMap(([metric, { undefinedFor }]) => {
        const lacking = (undefinedFor?.() ?? []).map((i) => quote(names[i] ?? String(i)));
        if (lacking.length === 0) return [];
        const more = lacking.length > NAMED ? ` and ${lacking.length - NAMED} more` : "";
        return [[metric, `${lacking.slice(0, NAMED).join(", ")}${more}, ${why}`] as const];
      }),
    );
  }

  /** `loss` and all metrics of the recipe, over everything added. */
  result(): Readonly<Record<string, number>> {
    return { loss: this.#loss / this.#rows, ...Object.fromEntries([...this.#metrics].map(([name, accumulator]) => [name, accumulator.value()])) };
  }
}
