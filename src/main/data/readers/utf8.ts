/** A UTF-8 text file in blocks of whole lines, so that a byte that is no UTF-8 can be named by its line. */
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { Fault } from "../../../shared/kit/fault.ts";
import { accessFault, type NamedFile } from "../files.ts";

/** Small enough that parsing one block leaves the event loop free every few milliseconds. */
const BLOCK_BYTES = 32 * 1024;
const NEWLINE = 0x0a;

/**
 * Blocks end after a newline; a line that is longer than a block comes whole.
 * @throws Fault naming the first line that is not UTF-8
 */
export async function* readUtf8Lines(file: NamedFile): AsyncGenerator<Buffer> {
  let firstLine = 1;
  let rest: Buffer[] = [];
  const checked = (block: Buffer): Buffer => {
    if (!isUtf8(block)) throw encodingFault(file, block, firstLine);
    firstLine += countNewlines(block);
    return block;
  };
  try {
    for await (const chunk of createReadStream(file.path, { highWaterMark: BLOCK_BYTES }) as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end > 0) {
        yield checked(Buffer.concat([...rest, chunk.subarray(0, end)]));
        rest = [];
      }
      if (end < chunk.length) rest.push(chunk.subarray(end));
    }
  } catch (error) {
    throw await accessFault(file, error);
  }
  if (rest.length > 0) yield checked(Buffer.concat(rest));
}

function countNewlines(block: Buffer): number {
  let count = 0;
  for (let i = block.indexOf(NEWLINE); i >= 0; i = block.indexOf(NEWLINE, i + 1)) count++;
  return count;
}

function encodingFault(file: NamedFile, block: Buffer, firstLine: number): Fault {
  let line = firstLine;
  for (let start = 0; start < block.length; line++) {
    const newline = block.indexOf(NEWLINE, start);
    const end = newline < 0 ? block.length : newline + 1;
    if (!isUtf8(block.subarray(start, end))) break;
    start = end;
  }
  return new Fault("input", [
    {
      place: `${file.path}:${line}`,
      expected: "must be UTF-8 text",
      received: "bytes that are not UTF-8",
      remedy: 'Save the file as "CSV UTF-8", or check that it is a CSV file at all.',
    },
  ]);
}
