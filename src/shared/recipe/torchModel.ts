/**
 * A planned model in PyTorch: the PyTorch modules of its layers, combined branch by branch, and the location of each of Descent's tensors in the
 * result. `descent reproduce` and the golden files of the layers use it.
 */
import type { TorchExpression, TorchModule } from "../catalog/common/torch.ts";
import { at } from "../kit/fault.ts";
import { type LayerPlan, layerDefinition, type ModelPlan } from "./plan.ts";

type TorchTensor = NonNullable<TorchModule["tensors"]>[string];

export interface TorchModel extends TorchExpression {
  readonly definitions: readonly string[];
  /** Parameters and running statistics by address: the path in the module, and the permutation of axes between the two. */
  readonly tensors: Readonly<Record<string, TorchTensor>>;
  /** Paths of the modules that draw random numbers, by the addresses of their layers. */
  readonly drawing: Readonly<Record<string, string>>;
}

/** The layers in sequence, as `nn.Sequential`. */
export function torchModel({ layers }: Pick<ModelPlan, "layers">): TorchModel {
  const made = layers.map(torchOf);
  return {
    make: made.length === 0 ? "nn.Sequential()" : `nn.Sequential(\n${made.map(({ make }) => `${indented(make)},\n`).join("")})`,
    definitions: distinct(made.flatMap(({ definitions }) => definitions)),
    tensors: Object.assign({}, ...made.map(({ tensors }, i) => below(String(i), tensors))),
    drawing: Object.assign({}, ...made.map(({ drawing }, i) => mapValues(drawing, (path) => joined(String(i), path)))),
  };
}

/**
 * One layer with its branches. A container's module holds each branch as an `nn.Sequential` under the name of the branch's field (`layers`,
 * `branches.1`), or at the path that the container's `tensors` give for that field.
 */
export function torchOf({ name, config, inputShape, parameters, buffers, branches }: LayerPlan): TorchModel {
  const held = branches.map(torchModel);
  const definition = layerDefinition(config);
  const {
    make,
    definitions = [],
    tensors = {},
  } = definition.torch(
    inputShape,
    config,
    held.map((branch) => branch.make),
  );
  const own = [...parameters, ...buffers].map((spec) => [`${name}/${spec.name}`, tensors[spec.name] ?? { path: spec.name }] as const);
  const places = branches.map(({ field }) => tensors[field]?.path ?? attribute(field));
  const inner = held.map((branch, i) => below(at(places, i), branch.tensors));
  const drawing = held.map((branch, i) => mapValues(branch.drawing, (path) => joined(at(places, i), path)));
  return {
    make,
    definitions: distinct([...held.flatMap((branch) => branch.definitions), ...definitions]),
    tensors: Object.assign(Object.fromEntries(own), ...inner),
    drawing: Object.assign(definition.stochastic?.(config) ? { [name]: "" } : {}, ...drawing),
  };
}

/** Tensors of a module that is nested at a path in another. */
function below(path: string, tensors: TorchModel["tensors"]): TorchModel["tensors"] {
  return mapValues(tensors, (tensor) => ({ ...tensor, path: joined(path, tensor.path) }));
}

/** The path of a nested module; either part may be empty, which means the module itself. */
function joined(outer: string, inner: string): string {
  return [outer, inner].filter((path) => path !== "").join(".");
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** `branches[1].layers` as PyTorch names it: `branches.1.layers`. */
function attribute(field: string): string {
  return field.replaceAll(/\[(\d+)\]/g, ".$1");
}

function indented(expression: string): string {
  return expression.replaceAll(/^/gm, "    ");
}

function distinct(definitions: readonly string[]): readonly string[] {
  return [...new Set(definitions)];
}
