/**
 * The prediction program: takes raw samples [batch, ...] and returns the model's output.
 * Outputs `output` [batch, values] and, for classification, `probabilities`.
 */
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { sigmoid, softmax } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { lossDefinition } from "../../../shared/recipe/definitions.ts";
import { dataTensor, GraphSession, type SessionOptions } from "../session.ts";
import type { State, StateLayout } from "../state.ts";
import { stateFeeds } from "./feeds.ts";
import { evaluatedInputs, forward, type ProgramSource, standardize } from "./model.ts";
import { scoresOf } from "./targets.ts";

export function predictionGraph(source: ProgramSource, layout: StateLayout, batchSize: number): Graph {
  const { facts, standardization } = source;
  const builder = new GraphBuilder("predict");
  const samples = builder.input("samples", facts.elementType, [batchSize, ...facts.sampleShape]);
  const tensors = evaluatedInputs(builder, layout);
  const output = scoresOf(forward(standardize(samples, standardization), tensors, source.plan, null), source);
  builder.output(output, "output");
  if (facts.target.kind === "classification") builder.output(probabilitiesOf(output, source), "probabilities");
  return prune(builder.build());
}

/**
 * Probabilities of class scores [batch, classes]. A loss that defines none (hinge) gets a softmax, which ranks the classes like the scores.
 */
export function probabilitiesOf(scores: Value, { recipe, facts: { target } }: Pick<ProgramSource, "recipe" | "facts">): Value {
  const isOneLogit = target.kind === "classification" && target.classes.length === 2;
  return lossDefinition(recipe.loss).activation === "sigmoid" && !isOneLogit ? sigmoid(scores) : softmax(scores, -1);
}

export interface Prediction {
  /** [batch, values] row-major: scores of the classes, or values in the target's own units. */
  readonly output: Float32Array;
  /** [batch, classes] row-major; null for regression. */
  readonly probabilities: Float32Array | null;
}

export class PredictionProgram {
  readonly batchSize: number;
  readonly #session: GraphSession;
  readonly #source: ProgramSource;
  readonly #layout: StateLayout;

  private constructor(session: GraphSession, source: ProgramSource, layout: StateLayout, batchSize: number) {
    this.#session = session;
    this.#source = source;
    this.#layout = layout;
    this.batchSize = batchSize;
  }

  static async compile(source: ProgramSource, layout: StateLayout, batchSize: number, options: SessionOptions): Promise<PredictionProgram> {
    return new PredictionProgram(await GraphSession.compile(predictionGraph(source, layout, batchSize), options), source, layout, batchSize);
  }

  /** @param samples exactly `batchSize` raw samples */
  async run(state: State, samples: Uint8Array | Float32Array): Promise<Prediction> {
    const { facts } = this.#source;
    const outputs = await this.#session.run({
      samples: dataTensor(samples, [this.batchSize, ...facts.sampleShape]),
      ...stateFeeds(this.#layout.evaluationState(state), this.#layout.evaluated),
    });
    return { output: outputs.floats("output"), probabilities: facts.target.kind === "classification" ? outputs.floats("probabilities") : null };
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
