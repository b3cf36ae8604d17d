/** The host's view of a data set written as code: every sample comes from the process that runs it. */
import { at } from "../../../shared/kit/fault.ts";
import type { ElementType, TargetFacts } from "../../../shared/recipe/facts.ts";
import { type Batch, Dataset } from "../dataset.ts";
import { classNumbers, learnTargets, MAX_CLASSES, valueRows } from "./learnTargets.ts";
import type { Opened, Target } from "./protocol.ts";
import { targetBytes } from "./replies.ts";
import type { Sandbox } from "./sandbox.ts";

/** Limits per message: bytes of samples, and number of targets (a function call takes a limited number of arguments). */
const MESSAGE_BYTES = 16 * 1024 * 1024;
const TARGETS_PER_MESSAGE = 16_384;
const TARGET_BYTES = 4 * 1024 * 1024;

export class ModuleDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  readonly #file: string;
  readonly #sandbox: Sandbox;
  /** Largest number of targets in one message. */
  readonly #most: number;
  #targets: Int32Array | Float32Array | null;

  private constructor(file: string, sandbox: Sandbox, opened: Opened, target: TargetFacts, targets: Int32Array | Float32Array | null) {
    super();
    this.name = opened.name;
    this.length = opened.length;
    this.sampleShape = opened.sampleShape;
    this.elementType = opened.elementType;
    this.target = target;
    this.#file = file;
    this.#sandbox = sandbox;
    this.#most = targetsPerMessage(opened);
    this.#targets = targets;
  }

  /**
   * If the class names its classes or returns numbers for a regression, only sample 0 is read; otherwise all targets are read once.
   * @param file the module as the user named it
   */
  static async of(file: string, sandbox: Sandbox, opened: Opened): Promise<ModuleDataset> {
    const known = knownTarget(opened);
    if (known !== null) return new ModuleDataset(file, sandbox, opened, known, null);
    const { target, targets } = learnTargets(await readTargets(sandbox, opened), opened, file);
    return new ModuleDataset(file, sandbox, opened, target, targets);
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const size = this.sampleShape.reduce((product, dim) => product * dim, 1);
    const samples = this.elementType === "uint8" ? new Uint8Array(indices.length * size) : new Float32Array(indices.length * size);
    const step = Math.max(1, Math.min(this.#most, Math.floor(MESSAGE_BYTES / (size * samples.BYTES_PER_ELEMENT))));
    const targets: Target[] = [];
    for (let first = 0; first < indices.length; first += step) {
      const part = indices.slice(first, first + step);
      const reply = await this.#sandbox.ask({ type: "batch", indices: [...part] });
      samples.set(reply.samples, first * size);
      targets.push(...reply.targets);
    }
    return { samples, targets: this.#numbers(targets, (row) => at(indices, row)) };
  }

  async targets(): Promise<Int32Array | Float32Array> {
    this.#targets ??= await this.#readAll();
    return this.#targets.slice();
  }

  override place(index: number): string {
    return `${this.#file}, get(${index})`;
  }

  override async close(): Promise<void> {
    await this.#sandbox.close();
  }

  async #readAll(): Promise<Int32Array | Float32Array> {
    const parts: (Int32Array | Float32Array)[] = [];
    let row = 0;
    for await (const targets of targetParts(this.#sandbox, this.length, this.#most)) {
      const first = row;
      parts.push(this.#numbers(targets, (each) => first + each));
      row += targets.length;
    }
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const all = this.target.kind === "classification" ? new Int32Array(length) : new Float32Array(length);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  #numbers(targets: readonly Target[], indexOf: (row: number) => number): Int32Array | Float32Array {
    const place = (row: number) => this.place(indexOf(row));
    return this.target.kind === "classification" ? classNumbers(targets, this.target.classes, place) : valueRows(targets, this.target.names.length, place);
  }
}

/** The target facts according to sample 0 and the class's properties; null if all targets must be read. */
function knownTarget({ classes, task, target }: Opened): TargetFacts | null {
  if (task === "regression" || (task === null && Array.isArray(target))) {
    const width = Array.isArray(target) ? target.length : 1;
    return { kind: "regression", names: width === 1 ? ["target"] : Array.from({ length: width }, (_, i) => `target ${i + 1}`) };
  }
  return classes === null ? null : { kind: "classification", classes };
}

/** All targets, from which the classes are learned. Stops at the maximum number of classes. */
async function readTargets(sandbox: Sandbox, opened: Opened): Promise<readonly Target[]> {
  const all: Target[] = [];
  const names = new Map<string, string>();
  for await (const targets of targetParts(sandbox, opened.length, targetsPerMessage(opened))) {
    for (const target of targets) {
      const known = typeof target === "string" ? names.get(target) : undefined;
      if (known === undefined && typeof target === "string") names.set(target, target);
      all.push(known ?? target);
    }
    if (names.size > MAX_CLASSES) break;
  }
  return all;
}

async function* targetParts(sandbox: Sandbox, length: number, most: number): AsyncGenerator<readonly Target[]> {
  for (let first = 0; first < length; first += most) yield (await sandbox.ask({ type: "targets", first, count: Math.min(most, length - first) })).targets;
}

function targetsPerMessage(opened: Opened): number {
  return Math.max(1, Math.min(TARGETS_PER_MESSAGE, Math.floor(TARGET_BYTES / targetBytes(opened))));
}
