/** Unpacks a tar, plain or gzip, in one pass. Source: POSIX.1-2017 pax (ustar and pax headers, GNU's long names), read by modern-tar. */
import { Readable } from "node:stream";
import type { ReadableStream, WritableStream } from "node:stream/web";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { quote } from "../../../shared/kit/fault.ts";
import { refuseKind, safeParts } from "./entryName.ts";
import { contents, damage } from "./gzip.ts";
import type { Account } from "./limits.ts";
import { EntryWriter } from "./write.ts";

const KINDS: Readonly<Record<string, string>> = {
  link: "a hard link",
  symlink: "a symbolic link",
  "character-device": "a character device",
  "block-device": "a block device",
  fifo: "a named pipe",
};

/** @throws Fault for links, entries that lead out of the folder, damage, and more data than the account allows */
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
    throw damage(archive, "tar archive", error);
  }
}

/** The decoder's streams, with Node's types so that they can be iterated. */
interface Decoder {
  readonly readable: ReadableStream<Pick<ParsedTarEntry, "header"> & { readonly body: ReadableStream<Uint8Array> }>;
  readonly writable: WritableStream;
}
