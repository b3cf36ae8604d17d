/**
 * The positions in a drawing. dagre lays out each list of units from top to bottom. A container is laid out first and is then one node with
 * its size in the list around it. So frames cannot overlap, and a deep network becomes many small graphs.
 */
import { Graph, layout } from "@dagrejs/dagre";
import { at, internal } from "../../shared/kit/fault.ts";
import type { LayerPlan } from "../../shared/recipe/plan.ts";
import type { FoldUnit, LayerUnit, Unit } from "./units.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Placed {
  readonly id: string;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Box = Placed &
  (
    | { readonly kind: "input" | "output"; readonly shape: readonly number[] }
    /** A `light` layer is a line below the box above it, a `frame` contains the boxes of a container. */
    | { readonly kind: "layer" | "light" | "frame"; readonly layer: LayerPlan }
    | { readonly kind: "fold"; readonly fold: FoldUnit }
    /** The points where branches split and join. */
    | { readonly kind: "split" | "join"; readonly layer: LayerPlan }
  );

export interface Line {
  readonly from: string;
  readonly to: string;
  /** From the lower edge of one box to the upper edge of another, never upwards. */
  readonly points: readonly Point[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** In reading order: a frame before its contents, one branch after the other. */
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** Extra height of a layer's box, for content besides its text. */
export type SlotHeight = (layer: LayerPlan) => number;

export interface DrawnModel {
  readonly inputShape: readonly number[];
  /** Null if the model is incomplete because a layer does not fit. */
  readonly outputShape: readonly number[] | null;
  readonly units: readonly Unit[];
}

const WIDTH = 256;
const SIZE = { layer: 42, light: 22, fold: 28, end: 26, header: 26, join: 22, split: 6 };
const PADDING = 12;
const GAP = { rank: 20, node: 22, line: 14 };
export const INPUT = "input";
export const OUTPUT = "output";

export function drawingOf({ inputShape, outputShape, units }: DrawnModel, slot: SlotHeight = () => 0): Drawing {
  const input = block(INPUT, WIDTH, SIZE.end, { kind: "input", shape: inputShape });
  const output = block(OUTPUT, WIDTH, SIZE.end, { kind: "output", shape: outputShape ?? [] });
  const list = chain([input, ...units.map((unit) => blockOf(unit, slot)), output]);
  const { width, height, boxes, lines } = arrange(list);
  return { width, height, boxes, lines };
}

/** A part with its own layout, relative to its upper left corner, which is placed as a whole. */
interface Block {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** The box where lines enter, and the point: the horizontal middle, so that frames are aligned. */
  readonly entry: Port;
  readonly exit: Port;
}

interface Port extends Point {
  readonly id: string;
}

interface Link {
  readonly from: string;
  readonly to: string;
  /** A heavier link is kept straighter. */
  readonly weight: number;
}

interface List {
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
}

type Kind = { readonly kind: "input" | "output"; readonly shape: readonly number[] } | { readonly kind: "split" | "join"; readonly layer: LayerPlan };

function block(id: string, width: number, height: number, kind: Kind): Block {
  return single({ id, x: 0, y: 0, width, height, ...kind });
}

function single(box: Box): Block {
  const { id, width, height } = box;
  return { id, width, height, boxes: [box], lines: [], entry: { id, x: width / 2, y: 0 }, exit: { id, x: width / 2, y: height } };
}

function chain(blocks: readonly Block[]): List {
  return { blocks, links: blocks.slice(1).map(({ id }, i) => ({ from: at(blocks, i).id, to: id, weight: 1 })) };
}

function blockOf(unit: Unit, slot: SlotHeight): Block {
  if (unit.kind === "fold") return single({ id: unit.id, x: 0, y: 0, width: WIDTH, height: SIZE.fold, kind: "fold", fold: unit });
  return withTrail(unit.branches === null ? plainBlock(unit, slot) : frameBlock(unit, unit.branches, slot), unit, slot);
}

function plainBlock({ id, head }: LayerUnit, slot: SlotHeight): Block {
  return single({ id, x: 0, y: 0, width: WIDTH, height: SIZE.layer + slot(head), kind: "layer", layer: head });
}

/** Light layers are placed right below, as lines of the same box. */
function withTrail(above: Block, { id, trail }: LayerUnit, slot: SlotHeight): Block {
  let y = above.height;
  const lines = trail.map((layer): Box => {
    const height = SIZE.light + slot(layer);
    const box: Box = { id: layer.name, x: 0, y, width: above.width, height, kind: "light", layer };
    y += height;
    return box;
  });
  const last = lines.at(-1);
  if (last === undefined) return above;
  const exit = { id: last.id, x: above.width / 2, y };
  const inside = above.exit.y < above.height ? [straight(above.exit, { id: at(lines, 0).id, x: above.width / 2, y: above.height })] : [];
  return { ...above, id, height: y, boxes: [...above.boxes, ...lines], lines: [...above.lines, ...inside], exit };
}

function straight(from: Port, to: Port): Line {
  return { from: from.id, to: to.id, points: [from, to].map(({ x, y }) => ({ x, y })) };
}

/** A container: its branches between a split and a join; a single branch has neither. */
function frameBlock({ id, head }: LayerUnit, branches: readonly (readonly Unit[])[], slot: SlotHeight): Block {
  const lists = branches.map((units) => units.map((unit) => blockOf(unit, slot)));
  const inner = arrange(lists.length === 1 ? chain(at(lists, 0)) : forked(head, lists));
  // Equal width on both sides of the entry, so that the frame is centred on it.
  const reach = Math.max(WIDTH / 2, inner.entry.x, inner.width - inner.entry.x) + PADDING;
  const [dx, dy] = [reach - inner.entry.x, SIZE.header + PADDING / 2];
  const height = dy + inner.height + (inner.boxes.length > 0 ? PADDING : 0);
  const frame: Box = { id, x: 0, y: 0, width: 2 * reach, height, kind: "frame", layer: head };
  const port = (of: Port): Port => ({ id: of.id, x: of.x + dx, y: of.y + dy });
  return {
    id,
    width: 2 * reach,
    height,
    boxes: [frame, ...inner.boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy }))],
    lines: inner.lines.map((line) => moved(line, dx, dy)),
    entry: inner.boxes.length > 0 ? port(inner.entry) : { id, x: reach, y: 0 },
    exit: inner.boxes.length > 0 ? port(inner.exit) : { id, x: reach, y: height },
  };
}

function forked(layer: LayerPlan, lists: readonly (readonly Block[])[]): List {
  const split = block(`${layer.name}/split`, SIZE.split, SIZE.split, { kind: "split", layer });
  const join = block(`${layer.name}/join`, joinWidth(layer), SIZE.join, { kind: "join", layer });
  const branches = lists.map((blocks, i) => {
    const all = [split, ...blocks, join];
    return all.slice(1).map(({ id }, step) => ({ from: at(all, step).id, to: id, weight: i === 0 ? 2 : 1 }));
  });
  return { blocks: [split, ...lists.flat(), join], links: branches.flat() };
}

/** A one-character sign is a circle, a word is wider. */
function joinWidth(layer: LayerPlan): number {
  return joinSign(layer).length === 1 ? SIZE.join : 54;
}

/** The sign of how a container's branches are merged. */
export function joinSign({ config }: LayerPlan): string {
  if (config.type !== "parallel") return "+";
  return config.merge === "add" ? "+" : config.merge === "multiply" ? "×" : config.merge;
}

/** Lays out a list with dagre, then moves the contents of its blocks to their positions. */
function arrange({ blocks, links }: List): Omit<Block, "id"> {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined)
    return { width: 0, height: 0, boxes: [], lines: [], entry: { id: "", x: 0, y: 0 }, exit: { id: "", x: 0, y: 0 } };
  // Two empty branches are several lines between the same two blocks.
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", ranksep: GAP.rank, nodesep: GAP.node, edgesep: GAP.line });
  for (const { id, width, height } of blocks) graph.setNode(id, { width, height });
  for (const [i, { from, to, weight }] of links.entries()) graph.setEdge(from, to, { weight, minlen: 1 }, String(i));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const places = new Map(blocks.map((each) => [each.id, cornerOf(graph.node(each.id), each)]));
  const port = (each: Block, of: Port): Port => {
    const corner = cornerIn(places, each.id);
    return { id: of.id, x: of.x + corner.x, y: of.y + corner.y };
  };
  const byId = new Map(blocks.map((each) => [each.id, each]));
  const outer = links.map(({ from, to }, i) => {
    const [above, below] = [byId.get(from), byId.get(to)];
    if (above === undefined || below === undefined) throw internal(`no block ${from} or ${to}`);
    return lineBetween(port(above, above.exit), port(below, below.entry), bends(graph.edge(from, to, String(i)).points, places, byId));
  });
  const inner = blocks.flatMap(({ id, lines }) => lines.map((line) => moved(line, cornerIn(places, id).x, cornerIn(places, id).y)));
  const boxes = blocks.flatMap(({ id, boxes }) => boxes.map((box) => ({ ...box, x: box.x + cornerIn(places, id).x, y: box.y + cornerIn(places, id).y })));
  return { width, height, boxes, lines: [...outer, ...inner], entry: port(first, first.entry), exit: port(last, last.exit) };
}

function cornerOf({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }, { width, height }: Block): Point {
  return { x: x - width / 2, y: y - height / 2 };
}

function cornerIn(places: ReadonlyMap<string, Point>, id: string): Point {
  const corner = places.get(id);
  if (corner === undefined) throw internal(`no place for ${id}`);
  return corner;
}

/** A long line runs straight down beside each row of blocks that it passes, and turns only between rows. */
function bends(points: readonly Point[] | undefined, places: ReadonlyMap<string, Point>, blocks: ReadonlyMap<string, Block>): readonly Point[] {
  return (points ?? []).slice(1, -1).flatMap(({ x, y }) => {
    const row = [...blocks.values()].filter(({ id, height }) => Math.abs(cornerIn(places, id).y + height / 2 - y) < 0.5);
    const half = Math.max(0, ...row.map(({ height }) => height / 2));
    return half === 0
      ? []
      : [
          { x, y: y - half },
          { x, y: y + half },
        ];
  });
}

function lineBetween(from: Port, to: Port, between: readonly Point[]): Line {
  return { from: from.id, to: to.id, points: [{ x: from.x, y: from.y }, ...between, { x: to.x, y: to.y }] };
}

function moved({ points, ...line }: Line, dx: number, dy: number): Line {
  return { ...line, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) };
}
