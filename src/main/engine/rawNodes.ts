/** ONNX nodes that are written in place of the graph's own, where a device has something faster. */

/** onnxruntime's own operators on channels in blocks; see blockedConv.ts. */
export const BLOCKED_DOMAIN = "com.microsoft.nchwc";

/** An ONNX node written in place of one of the graph; a plain number is an integer. */
export interface RawNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | string | readonly number[] | { readonly float: number }>>;
  /** float32 scalars that become constant inputs after the others. */
  readonly numbers?: readonly number[];
  /** int64 lists that become constant inputs after those. */
  readonly lists: readonly (readonly number[])[];
}

/** A standard operator of one output. */
export function plainNode(
  op: string,
  inputs: readonly string[],
  output: string,
  lists: RawNode["lists"] = [],
  attributes: RawNode["attributes"] = {},
): RawNode {
  return { op, domain: "", inputs, outputs: [output], attributes, lists };
}

/** Entries of [batch, count, size] along its second axis, in any order; entry `count` is zeros. A Gather uses every thread. */
export function gatheredEntries(from: string, to: string, shape: readonly [number, number, number], entries: readonly number[]): readonly RawNode[] {
  const [batch, count, size] = shape;
  const name = (part: string) => `${to}/${part}`;
  const rows = plainNode("Reshape", [from], name("rows"), [shape]);
  if (entries.every((entry) => entry < count)) return [rows, plainNode("Gather", [name("rows")], to, [entries], { axis: 1 })];
  return [
    rows,
    { ...plainNode("Expand", [], name("zeros"), [[batch, 1, size]]), numbers: [0] },
    plainNode("Concat", [name("rows"), name("zeros")], name("all"), [], { axis: 1 }),
    plainNode("Gather", [name("all")], to, [entries], { axis: 1 }),
  ];
}

export function blockedNode(op: string, inputs: readonly string[], output: string, attributes: RawNode["attributes"] = {}): RawNode {
  return { op, domain: BLOCKED_DOMAIN, inputs, outputs: [output], attributes, lists: [] };
}

export type Ints = readonly number[];

/** A two-dimensional convolution, with what leads to it and away from it. */
export interface ImageConv {
  readonly before: readonly RawNode[];
  readonly after: readonly RawNode[];
  readonly x: string;
  readonly y: string;
  readonly filters: number;
  readonly channels: number;
  /** How often channels, or filters, of one tap each stand side by side: once a tap of a third axis. */
  readonly tapsAsChannels: number;
  readonly tapsAsFilters: number;
  readonly window: { readonly kernel_shape: Ints; readonly strides: Ints; readonly pads: Ints; readonly dilations: Ints };
  /** Sums what the taps made as filters, in the blocked layout. */
  readonly sum?: (from: string, to: string) => readonly RawNode[];
}
