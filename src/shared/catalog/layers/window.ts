/** The shapes of sliding windows over [C, ...space] samples (Dumoulin & Visin 2016, arXiv:1603.07285, relationships 14 and 15). */
import { at } from "../../kit/fault.ts";
import { allOf, joined, say } from "../../kit/say.ts";
import type { Words } from "../../kit/words.ts";
import { shapeText } from "../../text/shapes.ts";
import { eachAxis, type Padding, type PerAxis } from "./fields.ts";
import { LayerMisfit } from "./layer.ts";
import { type Rank, spaceWords, spatialShape } from "./space.ts";

export interface Window {
  readonly channels: number;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** All starts, then all ends, as in ONNX. */
  readonly pads: readonly number[];
  /** Lengths of the output's spatial axes. */
  readonly output: readonly number[];
}

export interface TransposedWindow extends Window {
  /** Additional length at the end of the output, which no window reaches. */
  readonly outputPadding: readonly number[];
}

export interface WindowConfig {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: Padding;
}

export interface ConvolutionWindowConfig extends WindowConfig {
  readonly dilation: PerAxis;
}

interface TransposedWindowConfig extends ConvolutionWindowConfig {
  readonly outputPadding: PerAxis;
}

/** A window along one axis. */
interface Axis {
  readonly name: Words;
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Length from the window's first element to its last. */
  readonly reach: number;
  readonly padding: "valid" | "same" | "symmetric" | number;
}

/**
 * "same" gives ceil(size / stride) outputs, with an odd padding element at the end, as in TensorFlow: a window of 3 with a stride of 2 over an even
 * axis has no padding at the start. "symmetric" pads both sides by floor((reach − 1) / 2) for any size, which PyTorch users write as padding=1 for a
 * window of 3. For odd windows both give the same output size; with a stride, the windows of "symmetric" can start further left. A
 * window of even reach needs odd padding; with a stride, its side decides which elements the windows cover, and frameworks disagree, so it is
 * rejected.
 */
export function resolveConvolution(input: readonly number[], rank: Rank, config: ConvolutionWindowConfig): Window {
  const { channels, axes } = axesOf(input, rank, config, config.dilation);
  for (const { padding, stride, reach, name } of axes)
    if (padding === "same" && stride > 1 && reach % 2 === 0)
      throw new LayerMisfit(
        "padding",
        say`must not be "same" where the window is even and the stride over 1: the zeros cannot be the same on both sides, and frameworks disagree on which side has more`,
        say`a window of ${reach} with a stride of ${stride} along the ${name}`,
        say`Use an odd kernel or "symmetric", or give the padding as a number.`,
      );
  return windowOf(channels, axes);
}

/**
 * Like a convolution without dilation. Padding is never counted, so "same" is rejected only if uneven padding changes the result. A window entirely
 * inside the padding is rejected, because it has nothing to pool.
 */
export function resolvePooling(input: readonly number[], rank: Rank, config: WindowConfig): Window {
  const { channels, axes } = axesOf(input, rank, config, 1);
  for (const axis of axes) {
    const [before, after] = padsOf(axis);
    // A single window covers the whole axis, whichever side the padding is on.
    if (axis.stride > 1 && before !== after && axis.size > axis.stride)
      throw new LayerMisfit(
        "padding",
        say`must not be "same" where the stride is over 1 and the padding cannot be the same on both sides: frameworks disagree on which side has more`,
        say`a window of ${axis.reach} with a stride of ${axis.stride} along the ${axis.name} of ${axis.size}`,
        say`Set padding to "symmetric", "valid" or a number.`,
      );
  }
  const window = windowOf(channels, axes);
  if (axes.some(({ kernel }, i) => at(window.pads, i) >= kernel)) {
    const { lines } = spaceWords[rank];
    throw new LayerMisfit(
      "padding",
      say`must be smaller than the window of ${shapeText(window.kernel)}`,
      say`${allOf(lines.map((line, i) => joined([at(window.pads, i), line], " ")))} on each side`,
      say`Make the padding smaller, or use "same".`,
    );
  }
  return window;
}

/**
 * The window of a transposed convolution, that is, of the convolution from its output to its input. "same" gives size · stride outputs. As with a
 * convolution, an odd cut is at the end, and is rejected with a stride.
 */
export function resolveTransposed(input: readonly number[], rank: Rank, config: TransposedWindowConfig): TransposedWindow {
  const { channels, axes } = axesOf(input, rank, config, config.dilation);
  const extra = eachAxis(config.outputPadding, rank);
  const resolved = axes.map((axis, i) => resolveTransposedAxis(axis, at(extra, i)));
  return {
    ...listed(channels, axes),
    pads: [...resolved.map(({ before }) => before), ...resolved.map(({ after }) => after)],
    outputPadding: resolved.map(({ outputPadding }) => outputPadding),
    output: resolved.map(({ size }) => size),
  };
}

function resolveTransposedAxis({ name, size, stride, dilation, reach, padding }: Axis, extra: number) {
  if (extra >= stride)
    throw new LayerMisfit(
      "outputPadding",
      say`must be smaller than the stride of ${stride} along the ${name}`,
      say`an output padding of ${extra}`,
      say`Make it smaller: with a whole stride more, the input would be larger.`,
    );
  if (padding !== "same") {
    const cut = padding === "valid" ? 0 : padding === "symmetric" ? halfReach(reach) : padding;
    const length = (size - 1) * stride + reach + extra;
    if (length <= 2 * cut)
      throw new LayerMisfit(
        "padding",
        say`must be less than half of the output's ${name} of ${length}`,
        say`${cut} to cut from each end`,
        say`Make the padding smaller, or use "same".`,
      );
    return { before: cut, after: cut, outputPadding: extra, size: length - 2 * cut };
  }
  if (extra > 0)
    throw new LayerMisfit(
      "outputPadding",
      say`must be 0 where padding is "same", which sets the output's size`,
      say`an output padding of ${extra}`,
      say`Set it to 0, or give the padding as a number.`,
    );
  const total = Math.max(0, reach - stride);
  if (stride > 1 && total % 2 === 1)
    throw new LayerMisfit(
      "padding",
      say`must not be "same" where the stride is over 1 and what is cut cannot be the same at both ends: frameworks disagree on which end loses more`,
      say`a window of ${reach} with a stride of ${stride} along the ${name}`,
      stride % 2 === 1
        ? say`Use an odd kernel, as the stride is, or give padding and outputPadding as numbers.`
        : dilation % 2 === 1
          ? say`Use an even kernel, as the stride is, or give padding and outputPadding as numbers.`
          : say`Use an even kernel, as the stride is, and no dilation, or give padding and outputPadding as numbers.`,
    );
  return { before: Math.floor(total / 2), after: Math.ceil(total / 2), outputPadding: Math.max(0, stride - reach), size: size * stride };
}

function axesOf(input: readonly number[], rank: Rank, config: WindowConfig, dilations: PerAxis): { readonly channels: number; readonly axes: readonly Axis[] } {
  const { channels, space } = spatialShape(input, rank);
  const [kernels, strides, spread] = [eachAxis(config.kernel, rank), eachAxis(config.stride, rank), eachAxis(dilations, rank)];
  const { padding } = config;
  const axes = space.map((size, i) => {
    const [kernel, stride, dilation] = [at(kernels, i), at(strides, i), at(spread, i)];
    const amount = typeof padding === "string" ? padding : at(eachAxis(padding, rank), i);
    return { name: at(spaceWords[rank].axes, i), size, kernel, stride, dilation, reach: dilation * (kernel - 1) + 1, padding: amount };
  });
  return { channels, axes };
}

function listed(channels: number, axes: readonly Axis[]) {
  return { channels, kernel: axes.map(({ kernel }) => kernel), stride: axes.map(({ stride }) => stride), dilation: axes.map(({ dilation }) => dilation) };
}

function windowOf(channels: number, axes: readonly Axis[]): Window {
  const pads = axes.map(padsOf);
  const output = axes.map(({ name, size, stride, reach }, i) => {
    const [before, after] = at(pads, i);
    const room = size + before + after - reach;
    if (room < 0)
      throw new LayerMisfit(
        "kernel",
        say`must fit into the input's ${name} of ${size + before + after} (padding included)`,
        say`a window of ${reach}`,
        say`Make the kernel or the dilation smaller, or set padding to "same".`,
      );
    return Math.floor(room / stride) + 1;
  });
  return { ...listed(channels, axes), pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)], output };
}

/** Number of elements on each side of a window's centre. */
function halfReach(reach: number): number {
  return Math.floor((reach - 1) / 2);
}

function padsOf({ size, stride, reach, padding }: Axis): readonly [number, number] {
  if (padding === "valid") return [0, 0];
  if (padding === "symmetric") return [halfReach(reach), halfReach(reach)];
  if (padding !== "same") return [padding, padding];
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
