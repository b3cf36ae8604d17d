/** Reads a text file in blocks of bytes. UTF-16 is converted to UTF-8; other encodings are passed on unchanged, without the byte order mark. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Fault } from "../../../shared/kit/fault.ts";
import { accessFault, type NamedFile } from "../files.ts";
import { refuseForeignBytes } from "./dialect/foreign.ts";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Small enough to process a block within a few milliseconds, so that the event loop is not blocked. */
export const BLOCK_BYTES = 256 * 1024;

/** The encoding according to a file's first bytes. */
export interface TextStart {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark in bytes. */
  readonly skip: number;
}

/**
 * @throws Fault if the file cannot be read or is not text
 */
export async function textStart(file: NamedFile): Promise<TextStart> {
  const head = await firstBytes(file, 4096);
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", skip: 2 };
  refuseForeignBytes(head, file.path);
  // Text in these encodings contains no zero byte.
  const zero = head.indexOf(0);
  if (zero >= 0)
    throw new Fault("input", [
      {
        place: `${file.path}:${head.subarray(0, zero).filter((byte) => byte === 0x0a).length + 1}`,
        expected: "must be UTF-8 text",
        received: "bytes that are not text",
        remedy: 'Save the file as "CSV UTF-8", or check that it is a CSV file at all.',
      },
    ]);
  return { encoding: "utf-8", skip: 0 };
}

export async function firstBytes(file: NamedFile, count: number): Promise<Buffer> {
  try {
    const handle = await open(file.path);
    try {
      const head = Buffer.alloc(count);
      const { bytesRead } = await handle.read(head, 0, count, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw await accessFault(file, error);
  }
}

/** @param end offset where to stop, in bytes */
export async function* textBlocks(file: NamedFile, { encoding, skip }: TextStart, end: number): AsyncGenerator<Buffer> {
  if (end <= skip) return;
  const utf16 = encoding === "utf-16le" || encoding === "utf-16be" ? new TextDecoder(encoding) : null;
  try {
    for await (const block of createReadStream(file.path, { start: skip, end: end - 1, highWaterMark: BLOCK_BYTES }) as AsyncIterable<Buffer>)
      yield utf16 === null ? block : Buffer.from(utf16.decode(block, { stream: true }));
  } catch (error) {
    throw await accessFault(file, error);
  }
  const rest = utf16?.decode() ?? "";
  if (rest !== "") yield Buffer.from(rest);
}

/** Decodes the bytes of a cell. */
export type Decode = (bytes: Buffer, from: number, to: number) => string;

export function decoderOf(encoding: TextEncoding): Decode {
  if (encoding !== "windows-1252") return (bytes, from, to) => bytes.toString("utf8", from, to);
  const decoder = new TextDecoder("windows-1252");
  return (bytes, from, to) => decoder.decode(bytes.subarray(from, to));
}
