/**
 * The training program: K steps inside one `Loop`. Each iteration gathers its batch with an index tensor, runs the model forward and backward and updates
 * the state, which the loop carries without copies. Losses and metrics are returned as one row per step.
 *
 * Inputs: samples, targets, indices int32 [steps, batch], rates float32 [steps], firstStep int64 (number of earlier steps), tripCount int64, the state
 * tensors, and if the recipe needs them averaging float32 [steps] and mixing float32 [steps, numbers].
 * Outputs: the state tensors (`<name>/next`) and `loss/all`, `<metric>/all`, `gradientNorm/all`.
 */
import { tensorOf } from "../../../shared/catalog/common/tensors.ts";
import { GraphBuilder } from "../../../shared/graph/builder.ts";
import { add, cast, gather } from "../../../shared/graph/functions.ts";
import { prune } from "../../../shared/graph/passes.ts";
import type { Graph } from "../../../shared/graph/types.ts";
import type { Value } from "../../../shared/graph/value.ts";
import { at } from "../../../shared/kit/fault.ts";
import { samplesPerPass } from "../../../shared/recipe/batch.ts";
import { optimizerDefinition } from "../../../shared/recipe/definitions.ts";
import { DeviceState } from "../deviceState.ts";
import type { UnsupportedOperator } from "../devices/unsupported.ts";
import { floatTensor, GraphSession, intTensor, longTensor, type SessionOptions } from "../session.ts";
import { type State, StateLayout } from "../state.ts";
import { dataFeeds, type ResidentData } from "./feeds.ts";
import { batchMetrics, type StepContext, type StepGradient, stepGradient } from "./gradient.ts";
import { drawMixing, mixes, mixingWidth } from "./mixing.ts";
import { dataInputs, type ProgramSource } from "./model.ts";
import { clipped, gradientNorm, nextState } from "./update.ts";

export function layoutOf({ recipe, plan }: ProgramSource): StateLayout {
  return new StateLayout(recipe, plan);
}

/** Whether the gradient's norm is computed at every step, because something depends on it. */
export function measuresGradient({ recipe }: ProgramSource): boolean {
  return recipe.gradient.clipNorm > 0 || optimizerDefinition(recipe.optimizer).perturb !== undefined;
}

/** The graph for steps of exactly this many samples. */
export function trainingGraph(source: ProgramSource, layout: StateLayout, batchSize: number): Graph {
  const { recipe, facts } = source;
  const builder = new GraphBuilder("train");
  const data = dataInputs(builder, facts, batchSize);
  const rates = builder.input("rates", "float32", ["steps"]);
  const firstStep = builder.input("firstStep", "int64", []);
  const tripCount = builder.input("tripCount", "int64", []);
  const averaging = layout.averaged ? builder.input("averaging", "float32", ["steps"]) : null;
  const mixing = mixes(recipe.regularization) ? builder.input("mixing", "float32", ["steps", mixingWidth(facts)]) : null;
  const inputs = layout.tensors.map(({ name, shape }) => builder.input(name, "float32", shape));
  const counters = new Map<number, Value>();

  const result = builder.loop(tripCount, inputs, "steps", (body, iteration, carried) => {
    const tensors = Object.fromEntries(layout.tensors.map(({ name }, i) => [name, at(carried, i)]));
    const stepsBefore = add(firstStep, iteration);
    const made = gradientOfStep(
      {
        source,
        layout,
        data,
        rows: gather(data.indices, iteration),
        portion: Math.min(batchSize, samplesPerPass(recipe.batch, batchSize)),
        step: stepsBefore,
        mixing: mixing && gather(mixing, iteration),
        counters,
      },
      tensors,
    );
    const norm = measuresGradient(source) ? body.scoped("clip", () => gradientNorm(body, made.gradients)) : null;
    const next = nextState(
      {
        recipe,
        layout,
        tensors,
        learningRate: gather(rates, iteration),
        step: cast(add(stepsBefore, 1), "float32"),
        averaging: averaging && gather(averaging, iteration),
      },
      { ...made, gradients: body.scoped("clip", () => clipped(body, recipe, made.gradients)) },
    );
    return {
      state: layout.tensors.map(({ name }) => tensorOf(next, name)),
      scans: [
        body.emitNamed("loss", "Identity", [made.loss]),
        ...batchMetrics(source).map((name, i) => body.emitNamed(name, "Identity", [at(made.metrics, i)])),
        ...(norm === null ? [] : [body.emitNamed("gradientNorm", "Identity", [norm])]),
      ],
    };
  });
  for (const value of [...result.state, ...result.scans]) builder.output(value);
  return prune(builder.build());
}

/** The gradient at the parameters, or where a two-pass optimizer needs it; then loss, metrics and statistics are those of the first pass. */
function gradientOfStep(context: StepContext, tensors: Readonly<Record<string, Value>>): StepGradient {
  const { optimizer } = context.source.recipe;
  const definition = optimizerDefinition(optimizer);
  const first = stepGradient(context, tensors);
  if (definition.perturb === undefined) return first;
  const norm = gradientNorm(first.loss.builder, first.gradients);
  const moved = context.layout.trained.flatMap(({ name }) => {
    const perturbed = definition.perturb?.({
      parameter: tensorOf(tensors, name),
      gradient: tensorOf(first.gradients, name),
      gradientNorm: norm,
      config: optimizer,
    });
    return perturbed === undefined ? [] : [[name, perturbed] as const];
  });
  const second = norm.builder.innermost.scoped("second", () => stepGradient(context, { ...tensors, ...Object.fromEntries(moved) }));
  return { ...first, gradients: second.gradients };
}

/** The loop's decisions for each step. */
export interface StepControls {
  /** Learning rates, one per step. */
  readonly rates: Float32Array;
  /** The weight of the newest parameters in the average, one per step; only if an average is kept. */
  readonly averaging?: Float32Array;
}

export interface StepsResult<S = State> {
  readonly state: S;
  /** One value per step. */
  readonly loss: Float32Array;
  /** By metric name, one value per step; includes `gradientNorm` if it is measured. */
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
    const state = layout.tensors.map(({ name }) => name);
    const session = await GraphSession.compile(trainingGraph(source, layout, batchSize), { ...options, state });
    return new TrainingProgram(session, source, layout, batchSize);
  }

  /** Operators that the device lacks and the processor computes instead. */
  get unsupported(): readonly UnsupportedOperator[] {
    return this.#session.unsupported;
  }

  /** Like {@link steps}, from a state in host memory to another. */
  async run(state: State, data: ResidentData, indices: Int32Array, firstStep: number, controls: StepControls): Promise<StepsResult> {
    const before = await DeviceState.upload(state, this.#layout.tensors, this.#session.device);
    const result = await this.steps(before, data, indices, firstStep, controls);
    const after = await result.state.download();
    before.dispose();
    result.state.dispose();
    return { ...result, state: after };
  }

  /**
   * Runs `indices.length / batchSize` steps. The returned state is on the device; the given one is not changed.
   * @param indices rows of `data`, batch after batch
   * @param firstStep number of earlier steps
   */
  async steps(
    state: DeviceState,
    data: ResidentData,
    indices: Int32Array,
    firstStep: number,
    { rates, averaging }: StepControls,
  ): Promise<StepsResult<DeviceState>> {
    const { facts, recipe } = this.#source;
    const steps = indices.length / this.batchSize;
    const outputs = await this.#session.run({
      ...dataFeeds(data, facts),
      indices: intTensor(indices, [steps, this.batchSize]),
      rates: floatTensor(rates, [steps]),
      firstStep: longTensor(firstStep),
      tripCount: longTensor(steps),
      ...(this.#layout.averaged ? { averaging: floatTensor(averaging ?? new Float32Array(steps).fill(1), [steps]) } : {}),
      ...(mixes(recipe.regularization)
        ? { mixing: floatTensor(drawMixing(recipe.regularization, facts, recipe.seed, firstStep, steps), [steps, mixingWidth(facts)]) }
        : {}),
      ...state.feeds(),
    });
    const names = [...batchMetrics(this.#source), ...(measuresGradient(this.#source) ? ["gradientNorm"] : [])];
    return {
      state: state.next(outputs),
      loss: outputs.floats("loss/all"),
      metrics: new Map(names.map((name) => [name, outputs.floats(`${name}/all`)])),
    };
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
