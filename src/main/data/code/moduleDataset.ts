/** A data set written as code, seen from the host: every sample comes from the process that runs it. */
import { at, internal } from "../../../shared/kit/fault.ts";
import type { ElementType, TargetFacts } from "../../../shared/recipe/facts.ts";
import { type Batch, Dataset } from "../dataset.ts";
import { classNumbers, learnTargets, valueRows } from "./learnTargets.ts";
import type { Opened, Target } from "./protocol.ts";
import type { Sandbox } from "./sandbox.ts";

/** One message holds samples of at most so many bytes, and so many targets: more are more than a call takes as its arguments. */
const MESSAGE_BYTES = 16 * 1024 * 1024;
const TARGETS_PER_MESSAGE = 16_384;

export class ModuleDataset extends Dataset {
  readonly name: string;
  readonly length: number;
  readonly sampleShape: readonly number[];
  readonly elementType: ElementType;
  readonly target: TargetFacts;
  readonly #file: string;
  readonly #sandbox: Sandbox;
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
    this.#targets = targets;
  }

  /**
   * Where the class names its classes, or gives a regression's values, nothing but sample 0 is read; otherwise all targets once.
   * @param file the module as the person named it
   */
  static async of(file: string, sandbox: Sandbox, opened: Opened): Promise<ModuleDataset> {
    const known = knownTarget(opened);
    if (known !== null) return new ModuleDataset(file, sandbox, opened, known, null);
    const { target, targets } = learnTargets(await readTargets(sandbox, opened.length), opened, file);
    return new ModuleDataset(file, sandbox, opened, target, targets);
  }

  async fetch(indices: Uint32Array): Promise<Batch> {
    this.requireIndices(indices);
    const size = this.sampleShape.reduce((product, dim) => product * dim, 1);
    const samples = this.elementType === "uint8" ? new Uint8Array(indices.length * size) : new Float32Array(indices.length * size);
    const step = Math.max(1, Math.min(TARGETS_PER_MESSAGE, Math.floor(MESSAGE_BYTES / (size * samples.BYTES_PER_ELEMENT))));
    const targets: Target[] = [];
    for (let first = 0; first < indices.length; first += step) {
      const part = indices.slice(first, first + step);
      const reply = await this.#sandbox.ask({ type: "batch", indices: part });
      if (reply.type !== "batch" || reply.samples.length !== part.length * size || reply.targets.length !== part.length)
        throw internal(`${this.name}: the process answered ${reply.type} to batch`);
      samples.set(reply.samples, first * size);
      targets.push(...reply.targets);
    }
    return { samples, targets: this.#numbers(targets, (row) => at(indices, row)) };
  }

  async targets(): Promise<Int32Array | Float32Array> {
    this.#targets ??= this.#numbers(await readTargets(this.#sandbox, this.length), (row) => row);
    return this.#targets.slice();
  }

  override place(index: number): string {
    return `${this.#file}, get(${index})`;
  }

  override async close(): Promise<void> {
    await this.#sandbox.close();
  }

  #numbers(targets: readonly Target[], indexOf: (row: number) => number): Int32Array | Float32Array {
    const place = (row: number) => this.place(indexOf(row));
    return this.target.kind === "classification" ? classNumbers(targets, this.target.classes, place) : valueRows(targets, this.target.names.length, place);
  }
}

/** What sample 0 and the class's own words say; null where all targets must be read. */
function knownTarget({ classes, task, target }: Opened): TargetFacts | null {
  if (task === "regression" || (task === null && Array.isArray(target))) {
    const width = Array.isArray(target) ? target.length : 1;
    return { kind: "regression", names: width === 1 ? ["target"] : Array.from({ length: width }, (_, i) => `target ${i + 1}`) };
  }
  return classes === null ? null : { kind: "classification", classes };
}

async function readTargets(sandbox: Sandbox, length: number): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (let first = 0; first < length; first += TARGETS_PER_MESSAGE) {
    const count = Math.min(TARGETS_PER_MESSAGE, length - first);
    const reply = await sandbox.ask({ type: "targets", first, count });
    if (reply.type !== "targets" || reply.targets.length !== count) throw internal(`the process answered ${reply.type} to targets`);
    targets.push(...reply.targets);
  }
  return targets;
}
