/** Unpacks a zip, entry by entry. Source: PKWARE's APPNOTE 6.3.10 (including zip64 and UTF-8 names), read by yauzl. */
import { crc32 } from "node:zlib";
import { type Entry, getFileNameLowLevel, openPromise } from "yauzl";
import { at, Fault, quote } from "../../../shared/kit/fault.ts";
import { refuseKind, safeParts } from "./entryName.ts";
import type { Account } from "./limits.ts";
import { EntryWriter } from "./write.ts";

/** The upper half of the external attributes is a Unix mode; this masks the file type. */
const TYPE_MASK = 0o170000;
const KINDS: ReadonlyMap<number, string> = new Map([
  [0o120000, "a symbolic link"],
  [0o020000, "a character device"],
  [0o060000, "a block device"],
  [0o010000, "a named pipe"],
  [0o140000, "a socket"],
]);

/** @throws Fault for links, entries that lead out of the folder, encryption, damage, and more data than the account allows */
export async function unpackZip(archive: string, folder: string, account: Account): Promise<void> {
  const writer = new EntryWriter(folder, account);
  // Names are decoded and sizes checked here rather than by yauzl, so that the message can name the entry.
  const zip = await openPromise(archive, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false }).catch((error: unknown) => {
    throw damage(archive, error);
  });
  try {
    for await (const entry of entriesOf(zip.eachEntry(), archive)) {
      account.entry();
      const name = nameOf(entry);
      const place = `${archive}, entry ${quote(name)}`;
      const parts = safeParts(name, archive);
      const kind = KINDS.get((entry.externalFileAttributes >>> 16) & TYPE_MASK);
      if (kind !== undefined) refuseKind(kind, name, archive);
      if (parts === null || parts.length === 0) continue;
      if (/[/\\]$/.test(name)) {
        await writer.folder(parts);
        continue;
      }
      checkMethod(entry, place);
      let crc = 0;
      const stream = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
        throw damage(place, error);
      });
      // A second error without a listener would end the process.
      stream.on("error", () => {});
      await writer
        .file(parts, entry.uncompressedSize, stream, place, (chunk) => {
          crc = crc32(chunk, crc);
        })
        .catch((error: unknown) => {
          throw damage(place, error);
        });
      if (crc !== entry.crc32)
        throw new Fault("input", [
          { place, expected: `must have the checksum ${hex(entry.crc32)}`, received: hex(crc), remedy: "The archive is damaged: download or copy it again." },
        ]);
    }
  } finally {
    zip.close();
  }
}

async function* entriesOf(entries: AsyncIterable<Entry>, archive: string): AsyncGenerator<Entry> {
  const iterator = entries[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next().catch((error: unknown) => {
      throw damage(archive, error);
    });
    if (next.done === true) return;
    yield next.value;
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

function checkMethod(entry: Entry, place: string): void {
  if (entry.isEncrypted())
    throw new Fault("input", [
      { place, expected: "must not be encrypted", received: "an entry with a password", remedy: "Unpack it yourself and name the folder." },
    ]);
  if (!entry.canDecodeFileData())
    throw new Fault("input", [
      {
        place,
        expected: "must be stored or deflated",
        received: `compression method ${entry.compressionMethod}`,
        remedy: "Unpack it yourself and name the folder, or make the archive again with deflate.",
      },
    ]);
}

/** Turns errors of yauzl and zlib into a Fault. Faults and operating system errors are returned unchanged. */
function damage(place: string, error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code !== "" && !code.startsWith("Z_") && code !== "ERR_OUT_OF_RANGE") return error;
  const encrypted = /encrypt/i.test(error.message);
  return new Fault(
    "input",
    [
      encrypted
        ? { place, expected: "must not be encrypted", received: error.message, remedy: "Unpack it yourself and name the folder." }
        : {
            place,
            expected: "must be a complete zip archive",
            received: at(error.message.split("\n"), 0),
            remedy: "The archive is damaged: download or copy it again.",
          },
    ],
    { cause: error },
  );
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
