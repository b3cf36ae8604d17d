/**
 * What make_layers.py computes and the battery over the layers compares: every sample of every layer, with numbers drawn for it. Run by itself it
 * prints the cases as JSON.
 */
import { createHash } from "node:crypto";
import { layers, layerSchema } from "../../../src/shared/catalog/layers/index.ts";
import type { BufferSpec, LayerDefinition, LayerSample } from "../../../src/shared/catalog/layers/layer.ts";
import type { ParameterSpec } from "../../../src/shared/catalog/layers/parameter.ts";
import type { NdArray } from "../../../src/shared/graph/types.ts";
import { at, internal } from "../../../src/shared/kit/fault.ts";
import { RandomStream } from "../../../src/shared/math/random.ts";
import { everyLayer, type LayerPlan, layerDefinition, planModel } from "../../../src/shared/recipe/plan.ts";
import type { LayerConfig } from "../../../src/shared/recipe/recipe.ts";
import { type TorchModel, torchOf } from "../../../src/shared/recipe/torchModel.ts";
import { type Draw, randomArray } from "../../helpers/arrays.ts";

/** A layer, a sample of it, and how x is drawn. */
export interface LayerSubject extends LayerSample {
  readonly type: string;
  /** x holds equal numbers and zeros: maxima are not unique and bends are met, which no central difference takes. */
  readonly ties: boolean;
}

export interface LayerCase {
  readonly subject: LayerSubject;
  readonly plan: LayerPlan;
  readonly torch: TorchModel;
  /** Some draw decides what comes out in training: PyTorch's would be another. */
  readonly stochastic: boolean;
  /** x holds whole numbers: nothing flows back into it. */
  readonly whole: boolean;
  readonly x: NdArray;
  /** The cotangent of the output. */
  readonly dy: NdArray;
  /** By address. */
  readonly parameters: ReadonlyMap<string, NdArray>;
  readonly buffers: ReadonlyMap<string, NdArray>;
}

/** Rows of a batch: three where statistics of the batch count, for of two there is only the sign of a difference; more where any may be left out. */
const ROWS = { alone: 2, together: 3, drawn: 8 };
/** Far enough for every piece of the activations, and no further: the bends of hard functions are at ±3. */
const REACH = 4;

/** What a layer says of its samples. */
export type SampledLayer = Pick<LayerDefinition, "samples" | "misfits" | "selectsMaxima" | "monotone">;

export const sampledLayers: readonly (readonly [string, SampledLayer])[] = Object.entries(layers);

/** Every sample, and where it has no weights, which would part equal numbers again, with ties as well. */
export const layerSubjects: readonly LayerSubject[] = sampledLayers.flatMap(([type, { samples }]) =>
  samples.flatMap((sample) => {
    const { plan } = planModel({ model: { layers: [configOf(type, sample.config)] } }, { sampleShape: sample.input });
    const subject: LayerSubject = { type, config: sample.config, input: sample.input, ties: false };
    return plan.parameterCount === 0 ? [subject, { ...subject, ties: true }] : [subject];
  }),
);

export function titleOf({ config, input, ties }: LayerSubject): string {
  return `${JSON.stringify(config)} on [${input.join(", ")}]${ties ? ", with ties" : ""}`;
}

/** A layer's configuration as a recipe gives it. */
export function configOf(type: string, config: LayerSample["config"]): LayerConfig {
  return layerSchema.parse({ ...config, type });
}

export function planOf(type: string, { config, input }: LayerSample): LayerPlan {
  const { plan, problems } = planModel({ model: { layers: [configOf(type, config)] } }, { sampleShape: input });
  if (problems.length > 0) throw internal(`a sample of ${type} does not fit: ${JSON.stringify(problems)}`);
  return at(plan.layers, 0);
}

export function caseOf(subject: LayerSubject): LayerCase {
  const plan = planOf(subject.type, subject);
  const inside = [...everyLayer([plan])];
  const definitions = inside.map(({ config }) => ({ config, definition: layerDefinition(config) }));
  const stochastic = definitions.some(({ config, definition }) => definition.stochastic?.(config));
  const together = definitions.some(({ definition }) => definition.usesBatchStatistics);
  const rows = stochastic ? ROWS.drawn : together ? ROWS.together : ROWS.alone;
  const draw = (name: string, shape: readonly number[], how: Draw) =>
    randomArray({ dtype: "float32", shape }, new RandomStream(42, `${subject.type}/${titleOf(subject)}/${name}`), how);
  const arraysOf = (tensors: readonly { readonly address: string; readonly spec: ParameterSpec | BufferSpec; readonly range: readonly [number, number] }[]) =>
    new Map(tensors.map(({ address, spec, range }) => [address, draw(address, spec.shape, { range })] as const));
  const shape = [rows, ...plan.inputShape];
  const words = vocabularyOf(plan);
  const xDraw: Draw = { range: [-REACH, REACH], ...(subject.ties ? { ties: true } : { separated: true }) };
  return {
    subject,
    plan,
    torch: torchOf(plan),
    stochastic,
    whole: words !== null,
    x: words === null ? draw("x", shape, xDraw) : wholeNumbers(draw("x", shape, { range: [0, 1] }), words),
    dy: draw("dy", [rows, ...plan.outputShape], {}),
    parameters: arraysOf(inside.flatMap(({ name, parameters }) => parameters.map((spec) => ({ address: `${name}/${spec.name}`, spec, range: [-1, 1] })))),
    // Near what they begin with, so that a variance stays positive.
    buffers: arraysOf(
      inside.flatMap(({ name, buffers }) =>
        buffers.map((spec) => ({ address: `${name}/${spec.name}`, spec, range: [spec.initial - 0.5, spec.initial + 0.5] })),
      ),
    ),
  };
}

/** Words that x may name, where the first layer that sees it looks them up. */
function vocabularyOf({ config, branches }: LayerPlan): number | null {
  const own = layerDefinition(config).vocabulary?.(config) ?? null;
  const inner = branches.flatMap(({ layers: held }) => (held[0] === undefined ? [] : [vocabularyOf(held[0])])).filter((words) => words !== null);
  return own ?? (inner.length > 0 ? Math.min(...inner) : null);
}

function wholeNumbers({ shape, data }: NdArray, below: number): NdArray {
  return { shape, data: data.map((value) => Math.min(below - 1, Math.floor(value * below))) };
}

/** What PyTorch is given. */
function handedOver({ subject, torch, stochastic, whole, x, dy, parameters, buffers }: LayerCase) {
  const plain = ({ shape, data }: NdArray) => ({ shape, data: Array.from(data) });
  const all = (arrays: ReadonlyMap<string, NdArray>) => Object.fromEntries([...arrays].map(([address, array]) => [address, plain(array)]));
  const { make, definitions, tensors } = torch;
  return { ...subject, torch: { make, definitions, tensors }, stochastic, whole, x: plain(x), dy: plain(dy), parameters: all(parameters), buffers: all(buffers) };
}

/** Of everything that PyTorch is given: figures stored under another are of another layer, or of other numbers. */
export function digestOf(each: LayerCase): string {
  return createHash("sha256").update(JSON.stringify(handedOver(each))).digest("hex").slice(0, 16);
}

if (import.meta.main) {
  const cases = layerSubjects.map(caseOf).map((each) => ({ ...handedOver(each), digest: digestOf(each) }));
  process.stdout.write(JSON.stringify(cases));
}
