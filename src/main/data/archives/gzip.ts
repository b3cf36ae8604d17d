/** Unpacks a single gzipped file (RFC 1952), as a stream for the archive readers or to disk. */
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
 * The bytes of a file, unpacked if its first bytes (not its name) say that it is gzip.
 * @param account counts the unpacked bytes
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

/** @throws Fault if the file is damaged or unpacks to more than the account allows */
export async function unpackGzip(file: string, folder: string, account: Account): Promise<void> {
  const writer = new EntryWriter(folder, account);
  try {
    account.entry();
    await writer.file([path.basename(file).replace(/\.gz$/i, "")], null, await contents(file, account), file);
  } catch (error) {
    throw damage(file, "gzip file", error);
  }
}

/** Turns errors of zlib and of the archive readers into a Fault. Faults and operating system errors are returned unchanged. */
export function damage(place: string, what: string, error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code !== "" && !code.startsWith("Z_")) return error;
  // A web stream wraps zlib's error as the cause of an error without a message.
  const { message } = error.cause instanceof Error ? error.cause : error;
  return new Fault("input", [{ place, expected: `must be a complete ${what}`, received: message, remedy: "The file is damaged: download or copy it again." }], {
    cause: error,
  });
}

async function isGzip(file: string): Promise<boolean> {
  await using handle = await open(file, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
