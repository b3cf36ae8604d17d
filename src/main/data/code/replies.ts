/** Encodes and decodes replies. The host checks every reply against the request, the limits and the types. */
import type { Problem } from "../../../shared/kit/fault.ts";
import { ByteReader, ByteWriter, Malformed } from "./bytes.ts";
import { hasControls, withoutControls } from "./controls.ts";
import { type CodeFile, LIMITS, type Opened, type Reply, type Request, type Target } from "./protocol.ts";

const TAGS = ["ready", "surveyed", "unlisted", "opened", "batch", "targets", "closed", "failed"] as const satisfies readonly Reply["type"][];
/** The reply type to each request if nothing fails. */
export const ANSWERS = {
  survey: "surveyed",
  open: "opened",
  batch: "batch",
  targets: "targets",
  close: "closed",
} as const satisfies Readonly<Record<Request["type"], Reply["type"]>>;
const TASKS = [null, "classification", "regression"] as const;
/** Characters in each part of a problem, and in a path. */
const MOST_WORDS = 4000;
const MOST_PATH = 4096;
/** Largest reply without samples or targets; the names of all classes take the most. */
const PLAIN_BYTES = 16 * 2 ** 20;
const TEXT_TARGET_BYTES = 5 + 3 * LIMITS.name;

const NUMBER = 0;
const TEXT = 1;
const LIST = 2;

export function encodeReply(reply: Reply): Buffer {
  const writer = new ByteWriter().u8(TAGS.indexOf(reply.type));
  switch (reply.type) {
    case "ready":
    case "closed":
      break;
    case "surveyed":
      writer.u32(reply.files.length);
      for (const file of reply.files) writeFile(writer, file);
      break;
    case "unlisted":
      writeFile(writer, reply.file);
      break;
    case "opened":
      writeOpened(writer, reply);
      break;
    case "batch":
      writer.bytes(new Uint8Array(reply.samples.buffer, reply.samples.byteOffset, reply.samples.byteLength));
      for (const target of reply.targets) writeTarget(writer, target);
      break;
    case "targets":
      for (const target of reply.targets) writeTarget(writer, target);
      break;
    case "failed":
      for (const words of textsOf(reply.problem)) writer.text(withoutControls(words.slice(0, MOST_WORDS - 1).toWellFormed(), "\n"));
      break;
  }
  return writer.done();
}

/** Largest reply to this request in bytes. @param opened null while nothing is open */
export function mostReplyBytes(request: Request | null, opened: Opened | null): number {
  if (opened === null || request === null || (request.type !== "batch" && request.type !== "targets")) return request === null ? 1 : PLAIN_BYTES;
  const count = request.type === "batch" ? request.indices.length : request.count;
  const samples = request.type === "batch" ? count * sampleBytes(opened) : 0;
  return PLAIN_BYTES + samples + count * Math.max(TEXT_TARGET_BYTES, targetBytes(opened));
}

/** Largest size in bytes of a target like that of sample 0. */
export function targetBytes({ target }: Opened): number {
  return 5 + 8 * (Array.isArray(target) ? target.length : 1);
}

function sampleBytes({ sampleShape, elementType }: Pick<Opened, "sampleShape" | "elementType">): number {
  return sampleShape.reduce((product, dim) => product * dim, elementType === "uint8" ? 1 : Float32Array.BYTES_PER_ELEMENT);
}

/**
 * @param request null before the first request
 * @throws Malformed for an invalid reply or one that does not answer this request
 */
export function decodeReply(bytes: Uint8Array, request: Request | null, opened: Opened | null): Reply {
  const reader = new ByteReader(bytes);
  const type = TAGS[reader.u8()];
  const isRefusal = request !== null && (type === "failed" || (type === "unlisted" && request.type !== "survey"));
  const fits = isRefusal || type === (request === null ? "ready" : ANSWERS[request.type]);
  if (type === undefined || !fits) throw new Malformed(`${type === undefined ? "a message of an unknown kind" : `"${type}"`} that was not asked for`);
  const reply = readReply(reader, type, request, opened);
  reader.end();
  return reply;
}

function readReply(reader: ByteReader, type: Reply["type"], request: Request | null, opened: Opened | null): Reply {
  switch (type) {
    case "ready":
    case "closed":
      return { type };
    case "surveyed":
      return { type, files: Array.from({ length: reader.u32(LIMITS.files, "a number of files") }, () => readFile(reader)) };
    case "unlisted":
      return { type, file: readFile(reader) };
    case "opened":
      return readOpened(reader);
    case "batch": {
      if (request?.type !== "batch" || opened === null) throw new Malformed("a batch that was not asked for");
      const count = request.indices.length;
      const samples = readSamples(reader.bytes(count * sampleBytes(opened)), opened);
      return { type, samples, targets: readTargets(reader, count) };
    }
    case "targets":
      if (request?.type !== "targets") throw new Malformed("targets that were not asked for");
      return { type, targets: readTargets(reader, request.count) };
    case "failed": {
      const text = (what: string) => withoutControls(reader.text(MOST_WORDS, what), "\n");
      const words = (what: string) => {
        const [en, ko] = [text(what), text(what)];
        return en === ko ? en : { en, ko };
      };
      return { type, problem: { place: text("place"), expected: words("expectation"), received: words("finding"), remedy: words("remedy") } };
    }
  }
}

/** The place, and each of the three texts in every language. By hand: the runner may read no code outside this folder. */
function textsOf({ place, expected, received, remedy }: Problem): readonly string[] {
  return [place, ...[expected, received, remedy].flatMap((text) => (typeof text === "string" ? [text, text] : [text.en, text.ko]))];
}

function writeFile(writer: ByteWriter, { path, size, sha256 }: CodeFile): void {
  writer.text(path).u32(size).text(sha256);
}

function readFile(reader: ByteReader): CodeFile {
  const file = { path: reader.text(MOST_PATH, "path"), size: reader.u32(2 ** 32 - 1, "a size"), sha256: reader.text(64, "hash") };
  if (!/^[0-9a-f]{64}$/.test(file.sha256)) throw new Malformed("an invalid hash");
  return file;
}

function writeOpened(writer: ByteWriter, { name, length, sampleShape, elementType, classes, task, target }: Opened): void {
  writer.text(name).u32(length).u8(sampleShape.length);
  for (const dim of sampleShape) writer.u32(dim);
  writer.u8(elementType === "uint8" ? 1 : 0).u8(TASKS.indexOf(task));
  writer.u32(classes?.length ?? 0);
  for (const each of classes ?? []) writer.text(each);
  writeTarget(writer, target);
}

function readOpened(reader: ByteReader): Opened {
  const name = readName(reader);
  const length = reader.u32(LIMITS.samples, "a number of samples");
  const axes = reader.u8();
  if (axes > LIMITS.axes) throw new Malformed(`a shape of ${axes} axes`);
  const sampleShape = Array.from({ length: axes }, () => reader.u32(LIMITS.sampleBytes, "a length of an axis"));
  const elementType = reader.u8() === 1 ? "uint8" : "float32";
  if (name === "" || length === 0 || axes === 0 || sampleShape.includes(0)) throw new Malformed("no name, no samples or an empty shape");
  if (sampleBytes({ sampleShape, elementType }) > LIMITS.sampleBytes) throw new Malformed(`samples of the shape [${sampleShape.join(", ")}]`);
  const task = TASKS[reader.u8()];
  if (task === undefined) throw new Malformed("a task of an unknown kind");
  const count = reader.u32(LIMITS.classes, "a number of classes");
  const classes = Array.from({ length: count }, () => readName(reader));
  if (count === 1 || new Set(classes).size < count) throw new Malformed("classes that are not at least two different names");
  return { type: "opened", name, length, sampleShape, elementType, classes: count === 0 ? null : classes, task, target: readTarget(reader) };
}

function readName(reader: ByteReader): string {
  const name = reader.text(LIMITS.name, "name");
  if (hasControls(name)) throw new Malformed("a name with control characters");
  return name;
}

function readSamples(bytes: Uint8Array, { elementType }: Opened): Uint8Array | Float32Array {
  // Copied, because the bytes may start at any offset and a Float32Array needs a multiple of four.
  const own = new Uint8Array(bytes);
  if (elementType === "uint8") return own;
  const samples = new Float32Array(own.buffer);
  if (!samples.every(Number.isFinite)) throw new Malformed("samples that are not finite");
  return samples;
}

function writeTarget(writer: ByteWriter, target: Target): void {
  if (typeof target === "number") writer.u8(NUMBER).f64(target);
  else if (typeof target === "string") writer.u8(TEXT).text(target);
  else {
    writer.u8(LIST).u32(target.length);
    for (const value of target) writer.f64(value);
  }
}

function readTargets(reader: ByteReader, count: number): Target[] {
  return Array.from({ length: count }, () => readTarget(reader));
}

function readTarget(reader: ByteReader): Target {
  const kind = reader.u8();
  if (kind === NUMBER) return readValue(reader);
  if (kind === TEXT) return readName(reader);
  if (kind !== LIST) throw new Malformed("a target of an unknown kind");
  const count = reader.u32(LIMITS.targetValues, "a number of values");
  if (count === 0) throw new Malformed("a target without values");
  return Array.from({ length: count }, () => readValue(reader));
}

function readValue(reader: ByteReader): number {
  const value = reader.f64();
  if (!Number.isFinite(Math.fround(value))) throw new Malformed("a target that is not finite");
  return value;
}
