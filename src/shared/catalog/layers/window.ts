/** The arithmetic of sliding windows over [C, H, W] samples (Dumoulin & Visin 2016, arXiv:1603.07285, relationship 15). */
import { bothOf, type Padding, type Pair } from "./fields.ts";
import { LayerMisfit } from "./layer.ts";

export interface Window2d {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** [top, left, bottom, right] as ONNX orders them. */
  readonly pads: readonly [number, number, number, number];
  /** [height, width] of the output. */
  readonly output: readonly [number, number];
}

/**
 * Resolves a window on an input of shape [C, H, W].
 * "same" gives ceil(size / stride) outputs, with the odd zero at the end, as TensorFlow does.
 */
export function resolveWindow(
  input: readonly number[],
  config: { readonly kernel: Pair; readonly stride: Pair; readonly dilation?: Pair; readonly padding: Padding },
): Window2d {
  const [, height, width] = imageShape(input);
  const kernel = bothOf(config.kernel);
  const stride = bothOf(config.stride);
  const dilation = bothOf(config.dilation ?? 1);
  const rows = resolveAxis(height, kernel[0], stride[0], dilation[0], config.padding, 0, "height");
  const columns = resolveAxis(width, kernel[1], stride[1], dilation[1], config.padding, 1, "width");
  return {
    kernel,
    stride,
    dilation,
    pads: [rows.before, columns.before, rows.after, columns.after],
    output: [rows.size, columns.size],
  };
}

/** As {@link resolveWindow}, for pooling: a window that lies in the padding altogether would have nothing to pool. */
export function resolvePooling(input: readonly number[], config: { readonly kernel: Pair; readonly stride: Pair; readonly padding: Padding }): Window2d {
  const window = resolveWindow(input, config);
  const { kernel, pads } = window;
  if (pads[0] >= kernel[0] || pads[1] >= kernel[1])
    throw new LayerMisfit(
      "padding",
      `must be smaller than the window of ${kernel[0]}×${kernel[1]}`,
      `${pads[0]} rows and ${pads[1]} columns on each side`,
      'Make the padding smaller, or use "same".',
    );
  return window;
}

/** [channels, height, width], or a misfit that says what to do. */
export function imageShape(input: readonly number[]): readonly [number, number, number] {
  const [channels, height, width] = input;
  if (input.length !== 3 || channels === undefined || height === undefined || width === undefined)
    throw new LayerMisfit(
      "",
      "needs images of shape [channels, height, width]",
      `samples of shape [${input.join(", ")}]`,
      "Put this layer before flatten and dense, or use data whose samples are images.",
    );
  return [channels, height, width];
}

function resolveAxis(size: number, kernel: number, stride: number, dilation: number, padding: Padding, axis: 0 | 1, side: string) {
  const reach = dilation * (kernel - 1) + 1;
  const [before, after] = padsOf(size, reach, stride, padding, axis);
  const room = size + before + after - reach;
  if (room < 0)
    throw new LayerMisfit(
      "kernel",
      `must fit into the input's ${side} of ${size + before + after} (padding included)`,
      `a window of ${reach}`,
      'Make the kernel or the dilation smaller, or set padding to "same".',
    );
  return { before, after, size: Math.floor(room / stride) + 1 };
}

function padsOf(size: number, reach: number, stride: number, padding: Padding, axis: 0 | 1): readonly [number, number] {
  if (padding === "valid") return [0, 0];
  if (padding !== "same") {
    const amount = bothOf(padding)[axis];
    return [amount, amount];
  }
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
