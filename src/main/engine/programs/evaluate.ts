/**
 * The evaluation program: loss and metrics of many batches in one call, by the same `Loop` over an index tensor as in
 * training, without gradients. Outputs `loss/all` and `<metric>/all`, one row a batch.
 */
import { metrics } from "../../../shared/catalog/metrics/index.ts";
import { GraphBuilder, type Value } from "../../../shared/graph/builder.ts";
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { GraphSession, intTensor, longTensor, type SessionOptions } from "../session.ts";
import type { State, StateLayout } from "../state.ts";
import { dataFeeds, type ResidentData, stateFeeds } from "./feeds.ts";
import { dataInputs, forward, gatherBatch, type ProgramSource, unpackParameters } from "./model.ts";
import { lossDefinition } from "./train.ts";

/** Large enough to use the machine, small enough for activations to stay in cache. */
const EVALUATION_BATCH = 128;

export function evaluationGraph(source: ProgramSource, layout: StateLayout, batchSize: number): Graph {
  const { recipe } = source;
  const builder = new GraphBuilder("evaluate");
  const data = dataInputs(builder, source.facts, batchSize);
  const tripCount = builder.input("tripCount", "int64", []);
  const tensors: Record<string, Value> = {};
  for (const { name, shape } of layout.groups) tensors[name] = builder.input(name, "float32", shape);
  const parameters = unpackParameters(layout, tensors);
  const { scans } = builder.loop(tripCount, [], "steps", (body, iteration) => {
    const { x, target } = gatherBatch(data, iteration, source);
    const output = forward(x, parameters, source, false);
    const loss = body.scoped("loss", () => lossDefinition(recipe.loss).forward({ output, target, config: recipe.loss }));
    const measured = recipe.metrics.map((name) => body.scoped(name, () => metrics[name].forward(output, target)));
    return {
      state: [],
      scans: [body.emitNamed("loss", "Identity", [loss]), ...recipe.metrics.map((name, i) => body.emitNamed(name, "Identity", [at(measured, i)]))],
    };
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

  /** @param rows how many samples the data to evaluate has */
  static async compile(source: ProgramSource, layout: StateLayout, rows: number, options: SessionOptions): Promise<EvaluationProgram> {
    const sizes = new Set([Math.min(rows, EVALUATION_BATCH), rows % EVALUATION_BATCH].filter((size) => size > 0));
    const sessions = new Map<number, GraphSession>();
    for (const size of sizes) sessions.set(size, await GraphSession.compile(evaluationGraph(source, layout, size), options));
    return new EvaluationProgram(sessions, source, layout);
  }

  /**
   * Means over all rows: `loss` and every metric of the recipe.
   * @param betweenCalls runs between the native calls, so that a long evaluation can be left by throwing
   */
  async run(state: State, data: ResidentData, betweenCalls: () => Promise<void> = async () => {}): Promise<Readonly<Record<string, number>>> {
    const { facts, recipe } = this.#source;
    const names = ["loss", ...recipe.metrics];
    const sums = new Map(names.map((name) => [name, 0]));
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
        ...stateFeeds(state, this.#layout.groups),
      });
      for (const name of names) for (const value of outputs.floats(`${name}/all`)) sums.set(name, (sums.get(name) ?? 0) + value * batchSize);
      start += rows;
      await betweenCalls();
    }
    return Object.fromEntries([...sums].map(([name, sum]) => [name, sum / data.rows]));
  }

  async dispose(): Promise<void> {
    for (const session of this.#sessions.values()) await session.dispose();
  }
}
