/** ONNX nodes that replace nodes of the graph if a device has something faster. */

/** onnxruntime's own operators on blocked channels; see blockedConv.ts. */
export const BLOCKED_DOMAIN = "com.microsoft.nchwc";

/** An ONNX node that replaces one of the graph; a plain number is an integer. */
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

/** A standard operator with one output. */
export function plainNode(
  op: string,
  inputs: readonly string[],
  output: string,
  lists: RawNode["lists"] = [],
  attributes: RawNode["attributes"] = {},
): RawNode {
  return { op, domain: "", inputs, outputs: [output], attributes, lists };
}

/** Entries of [batch, count, size] along the second axis, in any order; entry `count` is zeros. Uses a Gather, which runs on all threads. */
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

/** A two-dimensional convolution, with the nodes before and after it. */
export interface ImageConv {
  readonly before: readonly RawNode[];
  readonly after: readonly RawNode[];
  readonly x: string;
  readonly y: string;
  readonly filters: number;
  readonly channels: number;
  /** How often channels, or filters, of one tap are repeated side by side: once per tap of a third axis. */
  readonly tapsAsChannels: number;
  readonly tapsAsFilters: number;
  readonly window: { readonly kernel_shape: Ints; readonly strides: Ints; readonly pads: Ints; readonly dilations: Ints };
  /** Sums the taps' results as filters, in the blocked layout. */
  readonly sum?: (from: string, to: string) => readonly RawNode[];
}
