/** Unpacks a tar, plain or gzip, in one pass. Source: POSIX.1-2017 pax (ustar and pax headers, GNU's long names), read by modern-tar. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, Readable, Transform } from "node:stream";
import type { ReadableStream, WritableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { Fault, quote } from "../../../shared/kit/fault.ts";
import { refuseKind, safeParts } from "./entryName.ts";
import type { Account } from "./limits.ts";
import { EntryWriter } from "./write.ts";

const CHUNK_BYTES = 256 * 1024;
const KINDS: Readonly<Record<string, string>> = {
  link: "a hard link",
  symlink: "a symbolic link",
  "character-device": "a character device",
  "block-device": "a block device",
  fifo: "a named pipe",
};

/** @throws Fault for entries that lead out, links, damage and more than the account allows */
export async function unpackTar(archive: string, folder: string, account: Account): Promise<void> {
  const writer = new EntryWriter(folder, account);
  const entries = Readable.toWeb(await contents(archive, account)).pipeThrough(createTarDecoder({ strict: true }) as unknown as Decoder);
  try {
    for await (const { header, body } of entries) {
      account.entry();
      const { name, size } = header;
      const parts = safeParts(name, archive);
      const kind = KINDS[header.type ?? "file"];
      if (kind !== undefined) refuseKind(kind, name, archive);
      if (parts === null || parts.length === 0) await body.cancel();
      else if (header.type === "directory") {
        await writer.folder(parts);
        await body.cancel();
      } else await writer.file(parts, size, body, `${archive}, entry ${quote(name)}`);
    }
  } catch (error) {
    throw damage(archive, error);
  }
}

/** The decoder's streams under Node's own types, which can be iterated. */
interface Decoder {
  readonly readable: ReadableStream<Pick<ParsedTarEntry, "header"> & { readonly body: ReadableStream<Uint8Array> }>;
  readonly writable: WritableStream;
}

/** The archive's bytes, unpacked where they are gzip, by their first bytes and not by the name. What is between the files counts too. */
async function contents(archive: string, account: Account): Promise<Readable> {
  const source = createReadStream(archive, { highWaterMark: CHUNK_BYTES });
  if (!(await isGzip(archive))) return source;
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

async function isGzip(archive: string): Promise<boolean> {
  await using handle = await open(archive, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

/** What modern-tar and zlib say of a damaged archive; faults and the operating system's errors stay. */
function damage(place: string, error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code !== "" && !code.startsWith("Z_")) return error;
  // On their way through a web stream, zlib's errors become causes of one without a message.
  const { message } = error.cause instanceof Error ? error.cause : error;
  return new Fault(
    "input",
    [{ place, expected: "must be a whole tar archive", received: message, remedy: "The archive is damaged: download or copy it again." }],
    { cause: error },
  );
}
