/** Samples for convolutions, described by their differences from a plain window. */
import { at } from "../../kit/fault.ts";
import type { ConvAttributes, ConvTransposeAttributes } from "../functions.ts";
import type { Sample } from "../operator.ts";
import { float } from "./elementwise.ts";

interface Special {
  readonly bias?: boolean;
  readonly strides?: readonly number[];
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
  readonly group?: number;
  readonly output_padding?: readonly number[];
}

/** @param w shape of the weight; the kernel axes start at the third */
export function convSample(title: string, x: readonly number[], w: readonly number[], special: Special = {}): Sample<ConvAttributes> {
  const kernel_shape = w.slice(2);
  const ones = kernel_shape.map(() => 1);
  const { strides = ones, pads = [...ones, ...ones].map(() => 0), dilations = ones, group = 1, bias = false } = special;
  return { title, inputs: [float(...x), float(...w), ...(bias ? [float(at(w, 0))] : [])], attributes: { kernel_shape, strides, pads, dilations, group } };
}

export function convTransposeSample(title: string, x: readonly number[], w: readonly number[], special: Special = {}): Sample<ConvTransposeAttributes> {
  const { inputs, attributes } = convSample(title, x, w, { ...special, bias: false });
  const output_padding = special.output_padding ?? attributes.kernel_shape.map(() => 0);
  const bias = special.bias ? [float(at(w, 1) * attributes.group)] : [];
  return { title, inputs: [...inputs, ...bias], attributes: { ...attributes, output_padding } };
}
