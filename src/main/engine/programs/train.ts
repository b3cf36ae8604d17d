/**
 * The training program: K steps inside one `Loop`. Each iteration gathers its batch by an index tensor, runs the model forward
 * and backward and updates the state, which the loop carries without copies; losses and metrics come out as one row a step.
 *
 * Inputs: samples, targets, indices int32 [steps, batch], rates float32 [steps], firstStep int64 (steps done before),
 * tripCount int64, and the state tensors. Outputs: the state tensors (`<name>/next`) and `loss/all`, `<metric>/all`.
 */
import { losses } from "../../../shared/catalog/losses/index.ts";
import type { LossDefinition } from "../../../shared/catalog/losses/loss.ts";
import { metrics } from "../../../shared/catalog/metrics/index.ts";
import { optimizers } from "../../../shared/catalog/optimizers/index.ts";
import type { OptimizerDefinition } from "../../../shared/catalog/optimizers/optimizer.ts";
import { tensorOf } from "../../../shared/catalog/tensors.ts";
import { gradients } from "../../../shared/graph/autodiff.ts";
import { GraphBuilder, type Value } from "../../../shared/graph/builder.ts";
import { add, cast, concat, gather, reshape } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import { type Graph, sizeOf } from "../../../shared/graph/types.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import type { LossConfig, OptimizerConfig } from "../../../shared/recipe/recipe.ts";
import { floatTensor, GraphSession, intTensor, longTensor, type SessionOptions } from "../session.ts";
import { type ParameterGroup, type State, StateLayout, slotName } from "../state.ts";
import { dataFeeds, type ResidentData, stateFeeds } from "./feeds.ts";
import { dataInputs, forward, gatherBatch, type ProgramSource, unpackParameters } from "./model.ts";

export function lossDefinition(config: LossConfig): LossDefinition<LossConfig> {
  return losses[config.type];
}

export function optimizerDefinition(config: OptimizerConfig): OptimizerDefinition<OptimizerConfig> {
  return optimizers[config.type];
}

export function layoutOf({ recipe, plan }: ProgramSource): StateLayout {
  return new StateLayout(plan, optimizerDefinition(recipe.optimizer).slots(recipe.optimizer));
}

/** The graph for batches of exactly this size. */
export function trainingGraph(source: ProgramSource, layout: StateLayout, batchSize: number): Graph {
  const { recipe } = source;
  const optimizer = optimizerDefinition(recipe.optimizer);
  const builder = new GraphBuilder("train");
  const data = dataInputs(builder, source.facts, batchSize);
  const rates = builder.input("rates", "float32", ["steps"]);
  const firstStep = builder.input("firstStep", "int64", []);
  const tripCount = builder.input("tripCount", "int64", []);
  const inputs = layout.tensors.map(({ name, shape }) => builder.input(name, "float32", shape));

  const result = builder.loop(tripCount, inputs, "steps", (body, iteration, carried) => {
    const tensors: Record<string, Value> = {};
    layout.tensors.forEach(({ name }, i) => {
      tensors[name] = at(carried, i);
    });
    const { x, target } = gatherBatch(data, iteration, source);
    const parameters = unpackParameters(layout, tensors);
    const output = forward(x, parameters, source, true);
    const loss = body.scoped("loss", () => lossDefinition(recipe.loss).forward({ output, target, config: recipe.loss }));
    const measured = recipe.metrics.map((name) => body.scoped(name, () => metrics[name].forward(output, target)));
    const addresses = [...parameters.keys()];
    const slopes = gradients(body, [loss], [body.scalar(1)], [...parameters.values()]);
    const gradientOf = new Map(addresses.map((address, i) => [address, at(slopes, i)]));

    const learningRate = gather(rates, iteration);
    const step = cast(add(add(firstStep, iteration), 1), "float32");
    const next: Record<string, Value> = {};
    for (const group of layout.groups) {
      body.scoped(`update/${group.name}`, () => {
        const slots = Object.fromEntries(layout.slots.map((slot) => [slot, tensorOf(tensors, slotName(group.name, slot))]));
        const updated = optimizer.update({
          parameter: tensorOf(tensors, group.name),
          gradient: packedGradient(group, gradientOf),
          slots,
          learningRate,
          step,
          config: recipe.optimizer,
        });
        next[group.name] = updated.parameter;
        for (const slot of layout.slots) next[slotName(group.name, slot)] = tensorOf(updated.slots, slot);
      });
    }
    return {
      state: layout.tensors.map(({ name }) => tensorOf(next, name)),
      scans: [body.emitNamed("loss", "Identity", [loss]), ...recipe.metrics.map((name, i) => body.emitNamed(name, "Identity", [at(measured, i)]))],
    };
  });
  for (const value of [...result.state, ...result.scans]) builder.output(value);
  return prune(builder.build());
}

/** The gradient of a group's tensor: of the one parameter in it, or of all, laid end to end. */
function packedGradient(group: ParameterGroup, gradientOf: ReadonlyMap<string, Value>): Value {
  const parts = group.members.map(({ address }) => {
    const gradient = gradientOf.get(address);
    if (gradient === undefined) throw internal(`${address} has no gradient`);
    return gradient;
  });
  const [first, ...rest] = parts;
  if (first === undefined) throw internal(`${group.name} is empty`);
  if (rest.length === 0) return first;
  const flat = (value: Value) => (value.shape.length === 1 ? value : reshape(value, [sizeOf(value.shape)]));
  return concat([flat(first), ...rest.map(flat)], 0);
}

export interface StepsResult {
  readonly state: State;
  /** One value a step. */
  readonly loss: Float32Array;
  /** By metric name, one value a step. */
  readonly metrics: ReadonlyMap<string, Float32Array>;
}

export class TrainingProgram {
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

  static async compile(source: ProgramSource, layout: StateLayout, batchSize: number, options: SessionOptions): Promise<TrainingProgram> {
    return new TrainingProgram(await GraphSession.compile(trainingGraph(source, layout, batchSize), options), source, layout, batchSize);
  }

  /**
   * Runs `indices.length / batchSize` steps.
   * @param indices rows of `data`, batch after batch
   * @param firstStep steps done before these
   * @param rates the learning rate of each step
   */
  async run(state: State, data: ResidentData, indices: Int32Array, firstStep: number, rates: Float32Array): Promise<StepsResult> {
    const { facts, recipe } = this.#source;
    const steps = indices.length / this.batchSize;
    const outputs = await this.#session.run({
      ...dataFeeds(data, facts),
      indices: intTensor(indices, [steps, this.batchSize]),
      rates: floatTensor(rates, [steps]),
      firstStep: longTensor(firstStep),
      tripCount: longTensor(steps),
      ...stateFeeds(state, this.#layout.tensors),
    });
    return {
      state: new Map(this.#layout.tensors.map(({ name }) => [name, outputs.floats(`${name}/next`)])),
      loss: outputs.floats("loss/all"),
      metrics: new Map(recipe.metrics.map((name) => [name, outputs.floats(`${name}/all`)])),
    };
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
