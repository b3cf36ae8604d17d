/** Determines a file's format and the end of its table from its first and last bytes. */
import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { accessFault, type NamedFile } from "../../files.ts";
import { BLOCK_BYTES, firstBytes, type TextStart } from "../textFile.ts";
import type { Dialect, DialectFields } from "./dialect.ts";
import { refuseForeignText } from "./foreign.ts";
import { judgeDialect } from "./judgeDialect.ts";
import { judgeEnd, NO_END, type TableEnd } from "./judgeEnd.ts";
import { linesOf } from "./records.ts";

const TAIL_BYTES = 64 * 1024;
const MOST_LINES = 400;

export interface FileDialect {
  readonly dialect: Dialect;
  /** The first lines as text. */
  readonly head: string;
  /** The lines below the table. */
  readonly end: TableEnd;
  /** Offset of the table's end in bytes. */
  readonly endByte: number;
}

/**
 * @param bytes the file's size
 * @param wanted column names that the user has set
 * @throws Fault for a file that cannot be read or has another format
 */
export async function fileDialect(file: NamedFile, bytes: number, start: TextStart, set: DialectFields, wanted: readonly string[]): Promise<FileDialect> {
  const isWhole = bytes <= BLOCK_BYTES;
  const bytesOfHead = (await firstBytes(file, BLOCK_BYTES)).subarray(start.skip);
  const head = decoded(bytesOfHead, start);
  refuseForeignText(head, file.path);
  const dialect = judgeDialect(head, isWhole, set, wanted);
  const bytesOfTail = isWhole ? bytesOfHead : await lastBytes(file, bytes);
  const found = judgeEnd(decoded(bytesOfTail, start), dialect, linesOf(head).slice(0, MOST_LINES), set.skipEnd);
  // If other rows are uneven too, a note cannot be distinguished from a row.
  const isKnown = set.skipEnd !== undefined || dialect.uneven.every((line) => isWhole && line >= found.firstLine);
  if (found.firstLine === 0 || !isKnown) return { dialect, head, end: NO_END, endByte: bytes };
  return { dialect, head, end: found, endByte: bytes - bytesFrom(bytesOfTail, found.firstLine, start) };
}

function decoded(bytes: Buffer, { encoding }: TextStart): string {
  return new TextDecoder(encoding === "utf-8" && !isNearlyUtf8(bytes) ? "windows-1252" : encoding).decode(bytes);
}

/** Whether the bytes are UTF-8, ignoring characters that are cut at both ends. */
function isNearlyUtf8(bytes: Buffer): boolean {
  for (let cut = 0; cut < 4; cut++) for (let from = 0; from < 4; from++) if (isUtf8(bytes.subarray(from, bytes.length - cut))) return true;
  return false;
}

async function lastBytes(file: NamedFile, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(file.path);
    try {
      const tail = Buffer.alloc(TAIL_BYTES);
      // UTF-16 characters start at even offsets.
      const { bytesRead } = await handle.read(tail, 0, TAIL_BYTES, bytes - TAIL_BYTES + (bytes % 2));
      return tail.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw await accessFault(file, error);
  }
}

/** Number of bytes from the start of a line to the end. */
function bytesFrom(bytes: Buffer, line: number, { encoding }: TextStart): number {
  const isWide = encoding === "utf-16le" || encoding === "utf-16be";
  const text = isWide ? new TextDecoder(encoding).decode(bytes) : bytes.toString("latin1");
  const rest = text.length - lineStart(text, line);
  return isWide ? 2 * rest : rest;
}

/** The offset of a line in characters. */
function lineStart(text: string, line: number): number {
  const ends = /\r\n|\n|\r/g;
  for (let left = line - 1; left > 0; left--) ends.exec(text);
  return line === 1 ? 0 : ends.lastIndex;
}
