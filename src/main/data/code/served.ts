/** Answers the host's requests for a data set of foreign code. Runs in the process of that code. */
import { withoutControls } from "./controls.ts";
import { type Foreign, loadForeign } from "./loadClass.ts";
import { CLOSING, LIMITS, MEASURING, type Opened, type Reply, type Request, type Target } from "./protocol.ts";
import { describe, isBytes, requireName, shapeOf, takeSample, takeTarget, WrongValue } from "./values.ts";

export class Served {
  readonly #foreign: Foreign;
  readonly #beat: (step: number) => void;
  #opened: Opened | null = null;

  constructor(foreign: Foreign, beat: (step: number) => void) {
    this.#foreign = foreign;
    this.#beat = beat;
  }

  static async open(request: Extract<Request, { readonly type: "open" }>, beat: (step: number) => void): Promise<Served> {
    return new Served(await loadForeign(request, beat), beat);
  }

  /** @param fallbackName used if the class has no name */
  async facts(fallbackName: string): Promise<Opened> {
    const { property, className } = this.#foreign;
    const length = this.#measure();
    const first = await this.#get(0);
    const declared = shapeFrom(property("sampleShape"));
    const sampleShape = declared ?? shapeOf(first.sample);
    if (sampleShape.length > LIMITS.axes)
      throw new WrongValue(
        `a sample must have at most ${LIMITS.axes} axes`,
        `shape [${sampleShape.join(", ")}]`,
        "Return samples with fewer axes, channels first.",
      );
    requireSize(sampleShape, isBytes(first.sample) ? 1 : Float32Array.BYTES_PER_ELEMENT);
    const name = property("name");
    const opened: Opened = {
      type: "opened",
      name: nameFrom(typeof name === "string" && name !== "" ? name : className === "" || className === "default" ? fallbackName : className),
      length,
      sampleShape,
      elementType: isBytes(first.sample) ? "uint8" : "float32",
      classes: classesFrom(property("classes")),
      task: taskFrom(property("task")),
      target: takeTarget(first.target),
    };
    takeSample(first.sample, sampleShape, allocate(opened, 1), 0);
    this.#opened = opened;
    return opened;
  }

  async batch(indices: readonly number[]): Promise<Reply> {
    const opened = this.#facts();
    const samples = allocate(opened, indices.length);
    const size = samples.length / Math.max(1, indices.length);
    const targets: Target[] = [];
    for (const [row, index] of indices.entries()) {
      const { sample, target } = await this.#get(index);
      takeSample(sample, opened.sampleShape, samples, row * size);
      targets.push(takeTarget(target));
    }
    this.#requireLength(opened);
    return { type: "batch", samples, targets };
  }

  async targets(first: number, count: number): Promise<Reply> {
    const opened = this.#facts();
    const { target } = this.#foreign;
    const targets: Target[] = [];
    for (let index = first; index < first + count; index++) {
      if (target === null) targets.push(takeTarget((await this.#get(index)).target));
      else {
        this.#beat(index);
        targets.push(takeTarget(await target(index)));
      }
    }
    this.#requireLength(opened);
    return { type: "targets", targets };
  }

  async close(): Promise<Reply> {
    this.#beat(CLOSING);
    await this.#foreign.close?.();
    return { type: "closed" };
  }

  async #get(index: number): Promise<{ readonly sample: unknown; readonly target: unknown }> {
    this.#beat(index);
    const given = await this.#foreign.get(index);
    if (typeof given !== "object" || given === null || !("sample" in given) || !("target" in given))
      throw new WrongValue("must give an object with sample and target", describe(given), 'Return { sample: [1, 2, 3], target: "name" }.');
    return given;
  }

  #measure(): number {
    this.#beat(MEASURING);
    const length = this.#foreign.property("length");
    const isCount = typeof length === "number" && Number.isInteger(length) && length > 0;
    if (isCount && length <= LIMITS.samples) return length;
    throw new WrongValue(
      isCount ? `length must be at most ${LIMITS.samples}` : "length must be an integer of at least 1",
      describe(length),
      "Set length to the number of samples.",
    );
  }

  #requireLength({ length }: Opened): void {
    const now = this.#foreign.property("length");
    if (now !== length)
      throw new WrongValue(`length must stay ${length}, as it was when the data set was opened`, describe(now), "Count the samples once, in the constructor.");
  }

  #facts(): Opened {
    if (this.#opened === null) throw new Error("asked before it was opened");
    return this.#opened;
  }
}

function allocate({ elementType, sampleShape }: Opened, count: number): Uint8Array | Float32Array {
  const length = sampleShape.reduce((product, dim) => product * dim, count);
  return elementType === "uint8" ? new Uint8Array(length) : new Float32Array(length);
}

/** Shortens to whole characters (no half surrogate pair). */
function nameFrom(name: string): string {
  return withoutControls(name.slice(0, LIMITS.name).toWellFormed());
}

function requireSize(shape: readonly number[], elementBytes: number): void {
  const bytes = shape.reduce((product, dim) => product * dim, elementBytes);
  if (bytes > LIMITS.sampleBytes)
    throw new WrongValue(`a sample must take at most ${LIMITS.sampleBytes / 2 ** 20} MiB`, `shape [${shape.join(", ")}]`, "Return smaller samples.");
}

function shapeFrom(given: unknown): readonly number[] | null {
  if (given === undefined || given === null) return null;
  const isShape = Array.isArray(given) && given.length > 0 && given.every((dim) => Number.isInteger(dim) && dim > 0);
  if (!isShape)
    throw new WrongValue(
      "sampleShape must be an array of integers, each at least 1",
      describe(given),
      "Give the shape of one sample, the channels first: [1, 28, 28].",
    );
  return [...given];
}

function classesFrom(given: unknown): readonly string[] | null {
  if (given === undefined || given === null) return null;
  const isList = Array.isArray(given) && given.length >= 2 && given.every((name) => typeof name === "string") && new Set(given).size === given.length;
  if (!isList) throw new WrongValue("classes must be an array of at least two different names", describe(given), 'Name the classes: ["cat", "dog"].');
  if (given.length > LIMITS.classes) throw new WrongValue(`classes must be at most ${LIMITS.classes}`, String(given.length), "Group them.");
  return given.map((name: string) => requireName(name));
}

function taskFrom(given: unknown): Opened["task"] {
  if (given === undefined || given === null) return null;
  if (given === "classification" || given === "regression") return given;
  throw new WrongValue('task must be "classification" or "regression"', describe(given), "Leave task out, or set it to one of the two.");
}
