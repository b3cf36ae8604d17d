/** A single file that is gzipped (RFC 1952): its bytes, for readers of archives, and the file itself. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { pipeline, type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "../../../shared/kit/fault.ts";
import type { Account } from "./limits.ts";
import { EntryWriter } from "./write.ts";

const CHUNK_BYTES = 256 * 1024;

/**
 * A file's bytes, unpacked where they are gzip, by their first bytes and not by the name.
 * @param account of the unpacked bytes
 */
export async function contents(file: string, account: Account): Promise<Readable> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (!(await isGzip(file))) return source;
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      try {
        account.streamed(bytes);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  return pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), count, () => {});
}

/** @throws Fault for damage and more than the account allows */
export async function unpackGzip(file: string, folder: string, account: Account): Promise<void> {
  const writer = new EntryWriter(folder, account);
  try {
    account.entry();
    await writer.file([path.basename(file).replace(/\.gz$/i, "")], null, await contents(file, account), file);
  } catch (error) {
    throw damage(file, "gzip file", error);
  }
}

/** What zlib and the readers of archives say of damaged ones; faults and the operating system's errors stay. */
export function damage(place: string, what: string, error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code !== "" && !code.startsWith("Z_")) return error;
  // On their way through a web stream, zlib's errors become causes of one without a message.
  const { message } = error.cause instanceof Error ? error.cause : error;
  return new Fault("input", [{ place, expected: `must be a whole ${what}`, received: message, remedy: "The file is damaged: download or copy it again." }], {
    cause: error,
  });
}

async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
