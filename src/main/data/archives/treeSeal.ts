/**
 * The seal of an unpacked folder: one SHA-256 over the names, sizes and bytes of all its files, stored beside the folder. Each process checks the
 * seal once before it uses the folder.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { describeUnreadable, openSealedJson, sealedJson } from "../../storage/seal.ts";
import { writeWhole } from "../../storage/wholeFile.ts";
import { forEachParallel, parallelism } from "../sampleFiles/parallel.ts";

const MANIFEST = "manifest.json";
/** Larger files are read in pieces. */
const AT_ONCE = 8 * 1024 * 1024;

const manifestSchema = z.strictObject({ version: z.literal(1), digest: z.string(), files: z.int(), bytes: z.int() });

type Manifest = z.output<typeof manifestSchema>;

/** Seals the contents of a folder, except the seal itself. */
export async function sealTree(folder: string): Promise<void> {
  const file = path.join(folder, MANIFEST);
  await writeWhole(file, [sealedJson(await manifestOf(folder))], { what: "what was unpacked", remedy: "Free some space and try again." });
}

/** Describes the damage of a sealed folder; null if it is unchanged. */
export async function treeDamage(folder: string): Promise<string | null> {
  try {
    const opened = openSealedJson(await readFile(path.join(folder, MANIFEST)));
    if ("damage" in opened) return `its seal is ${opened.damage}`;
    const said = manifestSchema.parse(opened.value);
    const found = await manifestOf(folder);
    if (found.files !== said.files) return `${found.files} files instead of ${said.files}`;
    if (found.bytes !== said.bytes) return `${found.bytes} bytes instead of ${said.bytes}`;
    return found.digest === said.digest ? null : "different bytes than were unpacked";
  } catch (error) {
    return `a seal that cannot be used: ${describeUnreadable(error)}`;
  }
}

/** The size of a sealed folder in bytes according to its seal, without checking the files; null if there is no seal. */
export async function sealedSize(folder: string): Promise<number | null> {
  try {
    const opened = openSealedJson(await readFile(path.join(folder, MANIFEST)));
    return "damage" in opened ? null : manifestSchema.parse(opened.value).bytes;
  } catch {
    return null;
  }
}

async function manifestOf(folder: string): Promise<Manifest> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .filter((name) => name !== MANIFEST)
    .sort();
  const digests: Buffer[] = [];
  let bytes = 0;
  await forEachParallel(names, parallelism(), async (name, index) => {
    const file = path.join(folder, name);
    const { size } = await stat(file);
    bytes += size;
    const hash = createHash("sha256").update(`${name}\0${size}\0`);
    if (size <= AT_ONCE) hash.update(await readFile(file));
    else for await (const chunk of createReadStream(file, { highWaterMark: AT_ONCE })) hash.update(chunk);
    digests[index] = hash.digest();
  });
  const all = createHash("sha256");
  for (const digest of digests) all.update(digest);
  return { version: 1, digest: all.digest("hex"), files: names.length, bytes };
}
