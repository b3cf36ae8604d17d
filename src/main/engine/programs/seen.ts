/**
 * What the network saw: the batch of one pass, computed by the same nodes that training has before the first layer (from augmented samples to standardized
 * ones with the recipe's noise and mixing).
 *
 * Inputs: samples [portion, ...sampleShape], targets, draw int64 (the pass's number in the run), and for a recipe with mixing: mixing float32 [numbers].
 * Output: seen float32 [portion, ...sampleShape], standardized.
 */
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { identity } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import { GraphRandom } from "../../../shared/graph/random.ts";
import { floatTensor, GraphSession, longTensor } from "../session.ts";
import { dataFeeds, type ResidentData } from "./feeds.ts";
import { seenBatch } from "./gradient.ts";
import { drawMixing, mixes, mixingWidth } from "./mixing.ts";
import type { ProgramSource } from "./model.ts";

/** A pass of a run. */
export interface SeenPass {
  /** Its samples in order, augmented. */
  readonly data: ResidentData;
  /** Number of earlier steps in the run. */
  readonly step: number;
  /** Number of earlier passes in the run; equals the steps if each step is one pass. */
  readonly pass: number;
}

/**
 * @param source of training: float32 samples if they are augmented
 * @returns [rows, ...sampleShape], standardized
 */
export async function seenByNetwork(source: ProgramSource, { data, step, pass }: SeenPass): Promise<Float32Array> {
  const { recipe, facts } = source;
  const { target } = facts;
  const builder = new GraphBuilder("seen");
  const inputs = {
    samples: builder.input("samples", facts.elementType, [data.rows, ...facts.sampleShape]),
    targets:
      target.kind === "classification" ? builder.input("targets", "int32", [data.rows]) : builder.input("targets", "float32", [data.rows, target.names.length]),
  };
  const draw = builder.input("draw", "int64", []);
  const mixing = mixes(recipe.regularization) ? builder.input("mixing", "float32", [mixingWidth(facts)]) : null;
  const rows = builder.constant(
    Array.from({ length: data.rows }, (_, i) => i),
    [data.rows],
    "int32",
    "rows",
  );
  const { x } = seenBatch(source, inputs, rows, mixing, GraphRandom.at(recipe.seed, draw));
  builder.output(identity(x), "seen");
  const graph = prune(builder.build());
  const session = await GraphSession.compile(graph, { threads: 1 });
  const outputs = await session.run({
    ...dataFeeds(data, facts),
    draw: longTensor(pass),
    ...(mixing === null ? {} : { mixing: floatTensor(drawMixing(recipe.regularization, facts, recipe.seed, step, 1), [mixingWidth(facts)]) }),
  });
  const seen = outputs.floats("seen");
  await session.dispose();
  return seen;
}
