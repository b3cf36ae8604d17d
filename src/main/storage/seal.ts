/**
 * A seal is the SHA-256 of a file, written into the file itself, so that a reader can verify that the file is unchanged.
 *
 * The digest is text after a marker. It is computed over the whole file with zeros in the digest's place. This works for every format that can
 * include a text: the metadata of safetensors, the first field of JSON, the comment of a zip archive. The marker is within the first
 * {@link HEAD_BYTES} or the last {@link TAIL_BYTES} bytes.
 */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

const MARK = "descent-sha256=";
const DIGITS = 64;
/** Placeholder that a writer puts where the digest will be. */
export const BLANK_SEAL = MARK + "0".repeat(DIGITS);
const PATTERN = new RegExp(`${MARK}([0-9a-f]{${DIGITS}})`);

const HEAD_BYTES = 4096;
const TAIL_BYTES = 256;
const CHUNK_BYTES = 1024 * 1024;

export interface Digest {
  /** SHA-256 of the file with zeros for the seal's digits, hexadecimal; without a seal, of the plain file. */
  readonly digest: string;
  /** The digest in the seal; null if there is none. */
  readonly seal: string | null;
}

/**
 * Fills in the blank seal in one of the chunks.
 * @param chunks the whole file in order; the chunk with the blank is changed
 * @returns the digest
 */
export function sealChunks(chunks: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  const digest = hash.digest("hex");
  for (const chunk of chunks) {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    // Readers search only both ends of the file for a seal.
    const ends = [view.subarray(0, HEAD_BYTES), view.subarray(-TAIL_BYTES)];
    const end = ends.find((part) => part.includes(BLANK_SEAL));
    if (end === undefined) continue;
    end.write(digest, end.indexOf(BLANK_SEAL) + MARK.length, "latin1");
    return digest;
  }
  throw new Error("internal: no chunk has a blank seal");
}

/** The digest of bytes in memory. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  const found = findSeal(bytes.subarray(0, HEAD_BYTES), 0) ?? findSeal(bytes.subarray(-TAIL_BYTES), Math.max(0, bytes.length - TAIL_BYTES));
  const hash = createHash("sha256");
  if (found === null) return { digest: hash.update(bytes).digest("hex"), seal: null };
  hash.update(bytes.subarray(0, found.at)).update("0".repeat(DIGITS));
  return { digest: hash.update(bytes.subarray(found.at + DIGITS)).digest("hex"), seal: found.seal };
}

/** The digest of a file, read in pieces. @throws the operating system's error */
export async function digestOfFile(file: string): Promise<Digest> {
  await using handle = await open(file, "r");
  const { size } = await handle.stat();
  const tailAt = Math.max(0, size - TAIL_BYTES);
  const found = findSeal(await read(handle, 0, Math.min(size, HEAD_BYTES)), 0) ?? findSeal(await read(handle, tailAt, size - tailAt), tailAt);
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(1, size)));
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return { digest: hash.digest("hex"), seal: found?.seal ?? null };
    const bytes = chunk.subarray(0, bytesRead);
    if (found !== null) {
      const from = Math.max(found.at, position);
      const to = Math.min(found.at + DIGITS, position + bytesRead);
      if (from < to) bytes.fill("0", from - position, to - position);
    }
    hash.update(bytes);
    position += bytesRead;
  }
}

/**
 * Describes the damage of a file for a problem's `received`; null if there is none.
 * @param expected a digest that was stored elsewhere; null if only the seal can be checked
 */
export function describeDamage({ digest, seal }: Digest, expected: string | null): string | null {
  if (seal === null && expected === null) return "a file without a seal, which Descent did not write";
  const wanted = expected ?? seal ?? "";
  if (digest !== wanted) return `different bytes: SHA-256 ${digest.slice(0, 12)}… instead of ${wanted.slice(0, 12)}…`;
  return seal !== null && seal !== digest ? `a seal that does not match: ${seal.slice(0, 12)}…` : null;
}

/** Like {@link describeDamage}, for a file. */
export async function damageOf(file: string, expected: string | null): Promise<string | null> {
  try {
    return describeDamage(await digestOfFile(file), expected);
  } catch (error) {
    return describeUnreadable(error);
  }
}

/** Why a file cannot be read, as a problem's `received`. */
export function describeUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
  if (code === "EISDIR") return "a folder";
  return `a file that cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** An object as the bytes of a sealed JSON file. */
export function sealedJson(value: object): Buffer {
  const text = JSON.stringify(value);
  const bytes = Buffer.from(`{"seal":"${BLANK_SEAL}"${text === "{}" ? "}" : `,${text.slice(1)}`}`);
  sealChunks([bytes]);
  return bytes;
}

/** Whether a JSON file was written by an older version, which used no seals; such a file is made again without a notice. */
export function isUnsealedJson(bytes: Uint8Array): boolean {
  return /^\{"(?!seal")/.test(Buffer.from(bytes.subarray(0, 8)).toString("latin1"));
}

/** The content of a sealed JSON file, or what is wrong with it. */
export function openSealedJson(bytes: Uint8Array): { readonly value: unknown } | { readonly damage: string } {
  const damage = bytes.length === 0 ? "an empty file" : describeDamage(digestOfBytes(bytes), null);
  if (damage !== null) return { damage };
  try {
    const { seal: _, ...value } = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
    return { value };
  } catch {
    return { damage: "text that is not JSON" };
  }
}

function findSeal(part: Uint8Array, start: number): { readonly at: number; readonly seal: string } | null {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
  const found = PATTERN.exec(text);
  return found?.[1] === undefined ? null : { at: start + found.index + MARK.length, seal: found[1] };
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
