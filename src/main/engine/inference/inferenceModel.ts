/**
 * A trained network as one ONNX file that works without Descent: encoding and standardization first, then the network with its weights, finally
 * probabilities, or values in the target's own units. Uses standard operators of one opset, and accepts any batch size.
 */
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { argMax, reshape } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { internal } from "../../../shared/kit/fault.ts";
import { type ComparedTexts, toOnnx } from "../onnx.ts";
import { forward, type ProgramSource, standardize } from "../programs/model.ts";
import { probabilitiesOf } from "../programs/predict.ts";
import { scoresOf } from "../programs/targets.ts";
import type { State, StateLayout } from "../state.ts";
import { dynamicBatch } from "./dynamicBatch.ts";
import { columnInputs, hasCategories, packedInput, type TableEncoding } from "./table.ts";

export const SAMPLES = "samples";
export const CLASS = "class";

export interface InferenceSource extends ProgramSource {
  /** Null if samples are not table rows. */
  readonly table: TableEncoding | null;
  readonly layout: StateLayout;
  readonly state: State;
  /** The name of the main output: `probabilities`, `scores`, `values`. */
  readonly output: string;
}

/** @param metadata texts by name, stored in the file */
export function inferenceModel(source: InferenceSource, metadata: ReadonlyMap<string, string>, doc: string): Uint8Array {
  let compared: readonly ComparedTexts[] = [];
  const build = (batch: number): Graph => {
    const made = inferenceGraph(source, batch);
    compared = made.compared;
    return made.graph;
  };
  const first = source.table !== null && hasCategories(source.table) ? source.table.columns[0]?.name : SAMPLES;
  if (first === undefined) throw internal("a table without columns");
  const { graph, nodes } = dynamicBatch(build, first);
  return toOnnx(graph, { lower: () => nodes, compared, metadata, doc, blocked: false });
}

function inferenceGraph(source: InferenceSource, batch: number): { readonly graph: Graph; readonly compared: readonly ComparedTexts[] } {
  const { facts, plan, standardization, table, layout, state } = source;
  const builder = new GraphBuilder("descent");
  const { x, compared } = encoded(builder, source, batch);
  const tensors = new Map<string, Value>();
  const evaluated = layout.evaluationState(state);
  for (const { name, members } of [...layout.groups, ...layout.buffers])
    for (const { address, shape, offset, size } of members) {
      const data = evaluated.get(name);
      if (data === undefined) throw internal(`no state is at ${name}`);
      tensors.set(address, builder.constant(data.subarray(offset, offset + size), shape, "float32", address));
    }
  const shaped = table !== null && facts.sampleShape.length > 1 ? reshape(x, [batch, ...facts.sampleShape]) : x;
  const scores = scoresOf(forward(standardize(shaped, standardization), tensors, plan, null), source);
  const isClasses = facts.target.kind === "classification";
  builder.output(isClasses && source.output === "probabilities" ? probabilitiesOf(scores, source) : scores, source.output);
  if (isClasses) builder.output(argMax(scores, 1), CLASS);
  const graph = prune(builder.build());
  const texts = new Set(compared.map(({ input }) => input));
  return { graph: { ...graph, inputs: graph.inputs.filter((name) => !texts.has(name)) }, compared };
}

function encoded(builder: GraphBuilder, { facts, table }: InferenceSource, batch: number): { readonly x: Value; readonly compared: readonly ComparedTexts[] } {
  if (table === null) return { x: builder.input(SAMPLES, facts.elementType, [batch, ...facts.sampleShape]), compared: [] };
  if (hasCategories(table)) return columnInputs(builder, table, batch);
  const columns = table.columns.length;
  const isShaped = facts.sampleShape.length > 1;
  const samples = builder.input(SAMPLES, "float32", isShaped ? [batch, ...facts.sampleShape] : [batch, columns]);
  return { x: packedInput(isShaped ? reshape(samples, [batch, columns]) : samples, table), compared: [] };
}
