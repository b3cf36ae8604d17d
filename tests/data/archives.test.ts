/** Archives that Python's zipfile and tarfile made (fixtures/archives/make_archives.py): the good ones unpacked, the others stopped. */
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { LIMITS, type Limits } from "../../src/main/data/archives/limits.ts";
import { resolveArchive, resolveSource } from "../../src/main/data/archives/resolve.ts";
import { writeFault } from "../../src/main/data/archives/write.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const FIXTURES = path.join(import.meta.dirname, "fixtures", "archives");
const fixture = (...names: readonly string[]) => path.join(FIXTURES, ...names);
let caches = 0;
let cache = "";

beforeEach(() => {
  cache = path.join(scratch.folder, `cache${++caches}`);
  process.env[CACHE_VARIABLE] = cache;
});

const text = (file: string) => readFileSync(file, "utf8");
const clean = (said: string) => said.replaceAll(FIXTURES + path.sep, "").replaceAll(scratch.folder + path.sep, "");

/** The fault, after a look that nothing was left behind, in the cache or beside it. */
async function refused(name: string, limits?: Limits): Promise<string> {
  const fault = await faultOf(resolveArchive(fixture(name), "data.source.path", limits));
  expect(fault.kind).toBe("input");
  expect(readdirSync(path.join(cache, "archives"))).toEqual([]);
  expect([existsSync("/tmp/climbed.txt"), existsSync(path.join(cache, "climbed.txt")), existsSync(path.join(scratch.folder, "climbed.txt"))]).toEqual([
    false,
    false,
    false,
  ]);
  return clean(fault.message);
}

describe("paths into archives", () => {
  it.each(["pets.zip", "stored.zip", "pets.tar", "gnu.tar.gz", "pets.tgz"])("%s is the folder in it that holds the others", async (name) => {
    const root = await resolveArchive(fixture(name));
    expect(path.basename(root)).toBe("pets");
    expect(
      readdirSync(root)
        .filter((each) => each !== "long")
        .sort(),
    ).toEqual(["cat", "dog", "猫 äöü.txt"]);
    expect(text(path.join(root, "cat", "2.txt"))).toBe("second cat");
    expect(text(path.join(root, "dog", "1.txt"))).toBe("a dog ".repeat(100));
    expect(text(path.join(root, "猫 äöü.txt"))).toBe("猫");
  });

  it.each(["pets.tar", "gnu.tar.gz"])("%s has a name of 300 characters", async (name) => {
    expect(text(await resolveArchive(fixture(name, "pets", ...Array<string>(60).fill("long"), "name.txt")))).toBe("long");
  });

  it("a table that pandas gzipped is the table", async () => {
    const table = path.join(import.meta.dirname, "fixtures", "tables", "plain.csv.gz");
    const file = await resolveArchive(table);
    expect(path.basename(file)).toBe("plain.csv");
    expect(text(file).split("\n")).toHaveLength(52);
    expect(await detectSource(table)).toMatchObject({ type: "csv", path: table, target: "kind" });
    // Named so, but not gzipped: as it is.
    expect(text(await resolveArchive(scratch.write("open.csv.gz", "a,b\n1,2\n")))).toBe("a,b\n1,2\n");
    const cut = scratch.write("cut.csv.gz", readFileSync(table).subarray(0, 500));
    const fault = await faultOf(resolveArchive(cut));
    expect(clean(fault.message)).toContain("cut.csv.gz: must be a complete gzip file; received unexpected end of file.");
    const bomb = scratch.write("bomb.csv.gz", gzipSync(Buffer.alloc(200_000)));
    const stopped = await faultOf(resolveArchive(bomb, "data.source.path", { ...LIMITS, totalBytes: 100_000 }));
    expect(clean(stopped.message)).toMatch(/bomb\.csv\.gz: must unpack to at most 100,000 bytes; received at least/);
    expect(readdirSync(path.join(cache, "archives")).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("the way inside, from the top or from the folder that holds all", async () => {
    expect(text(await resolveArchive(fixture("pets.zip", "pets", "cat", "1.txt")))).toBe("first cat");
    expect(text(await resolveArchive(fixture("pets.zip", "cat", "1.txt")))).toBe("first cat");
    expect(clean((await faultOf(resolveArchive(fixture("pets.zip", "cats")))).message)).toBe(
      'pets.zip: must hold "cats"; received an archive of "pets". Did you mean "cat"?',
    );
  });

  it("a single file, wherever it is; none of what systems leave behind", async () => {
    expect(text(await resolveArchive(fixture("single.zip")))).toBe("a,b\n1,2\n");
    const flat = await resolveArchive(fixture("flat.zip"));
    expect(readdirSync(flat).sort()).toEqual(["test.csv", "train.csv"]);
  });

  it("zip64, and backslashes between folders", async () => {
    expect(text(await resolveArchive(fixture("zip64.zip")))).toBe("a,b\n1,2\n");
    expect(text(await resolveArchive(fixture("backslash.zip", "pets", "cat", "1.txt")))).toBe("first cat");
  });

  it("leaves other paths as they are", async () => {
    mkdirSync(path.join(scratch.folder, "folder.zip"), { recursive: true });
    for (const given of [fixture("make_archives.py"), fixture("nothing.zip"), "relative/path.csv", path.join(scratch.folder, "folder.zip")])
      expect(await resolveArchive(given)).toBe(given);
    expect(existsSync(path.join(cache, "archives"))).toBe(false);
  });

  it("unpacks once, and again where the archive changes", async () => {
    const archive = path.join(scratch.folder, "changing.zip");
    copyFileSync(fixture("single.zip"), archive);
    const first = await resolveArchive(archive);
    const made = statSync(first).ino;
    expect(statSync(await resolveArchive(archive)).ino).toBe(made);
    expect(readdirSync(path.join(cache, "archives"))).toHaveLength(1);
    copyFileSync(fixture("zip64.zip"), archive);
    utimesSync(archive, 1, 1);
    expect(await resolveArchive(archive)).not.toBe(first);
  });

  it("resolves every path of a source", async () => {
    const source = await resolveSource({
      type: "npy",
      samples: fixture("flat.zip", "train.csv"),
      labels: fixture("flat.zip", "test.csv"),
      task: "classification",
    });
    expect([text(source.samples), text(source.labels ?? "")]).toEqual(["a,b\n1,2\n", "a,b\n3,4\n"]);
  });

  it("many at a time, here and in other processes, find one whole folder", async () => {
    const script = scratch.write(
      "resolve.mts",
      `import { resolveArchive } from ${JSON.stringify(pathToFileURL(path.resolve("src/main/data/archives/resolve.ts")).href)};
       console.log(JSON.stringify(await Promise.all([1, 2, 3].map(() => resolveArchive(process.argv[2])))));`,
    );
    const run = () => promisify(execFile)(process.execPath, [script, fixture("bomb.tar.gz")], { env: { ...process.env, [CACHE_VARIABLE]: cache } });
    const others = await Promise.all([run(), run(), run()]);
    const here = await resolveArchive(fixture("bomb.tar.gz"));
    for (const { stdout } of others) expect(JSON.parse(stdout)).toEqual([here, here, here]);
    expect(statSync(here).size).toBe(3_000_000);
    expect(readdirSync(path.join(cache, "archives"))).toHaveLength(1);
  });
});

describe("archives made to harm", () => {
  it.each([
    ["climb.zip", "../climbed.txt", "a path that climbs out with .."],
    ["climb-inside.zip", "a/../../climbed.txt", "a path that climbs out with .."],
    ["climb-backslash.zip", "..\\\\climbed.txt", "a path that climbs out with .."],
    ["absolute.zip", "/tmp/climbed.txt", "an absolute path"],
    ["drive.zip", "C:/climbed.txt", "a path with a drive letter"],
    ["climb.tar", "../climbed.txt", "a path that climbs out with .."],
    ["absolute.tar.gz", "/tmp/climbed.txt", "an absolute path"],
  ])("%s", async (name, entry, received) => {
    expect(await refused(name)).toBe(
      `${name}, entry "${entry}": must stay inside the folder it is unpacked into; received ${received}. ` +
        "Do not use this archive unless you know who made it: nothing of it was unpacked.",
    );
  });

  it.each([
    ["symlink.zip", "link", "a symbolic link"],
    ["symlink.tar", "out", "a symbolic link"],
    ["hardlink.tar", "link", "a hard link"],
    ["device.tar", "null", "a character device"],
    ["fifo.tar", "pipe", "a named pipe"],
  ])("%s", async (name, entry, received) => {
    expect(await refused(name)).toContain(`${name}, entry "${entry}": must be a file or a folder; received ${received}.`);
  });

  const small: Limits = { totalBytes: 20 * 2 ** 30, ratio: 200, ratioFromBytes: 100_000, entries: 100 };

  it("too large in all", async () => {
    for (const name of ["bomb.zip", "bomb.tar.gz"])
      expect(await refused(name, { ...LIMITS, totalBytes: 1_000_000 })).toContain(`${name}: must unpack to at most 1,000,000 bytes; received at least `);
  });

  it("too large for its own size", async () => {
    const size = statSync(fixture("bomb.zip")).size;
    expect(await refused("bomb.zip", small)).toBe(
      `bomb.zip: must unpack to at most 200 times its own ${size.toLocaleString("en-US")} bytes if that is more than 100,000; ` +
        `received at least 3,000,000 bytes, ${Math.floor(3_000_000 / size)} times as many. Unpack it yourself if you trust it, and name the folder.`,
    );
    expect(await refused("bomb.tar.gz", small)).toContain("bomb.tar.gz: must unpack to at most 200 times its own");
    expect(statSync(await resolveArchive(fixture("bomb.zip"))).size).toBe(3_000_000);
  });

  it("too many entries", async () => {
    expect(await refused("many.zip", small)).toContain("many.zip: must hold at most 100 entries; received more.");
  });

  it("more than an entry says", async () => {
    expect(await refused("lies.zip")).toContain('lies.zip, entry "zeros.bin": must be the 10 bytes that the archive states; received more: at least ');
  });
});

describe("archives that cannot be read", () => {
  it.each([
    [
      "encrypted.zip",
      'encrypted.zip, entry "pets/cat/1.txt": must not be encrypted; received an entry with a password. Unpack it yourself and name the folder.',
    ],
    ["damaged.zip", 'damaged.zip, entry "pets/cat/1.txt": must have the checksum '],
    ["cut.zip", "cut.zip: must be a complete zip archive; received End of central directory record signature not found."],
    ["cut.tar", "cut.tar: must be a complete tar archive; received "],
    ["cut.tgz", "cut.tgz: must be a complete tar archive; received unexpected end of file."],
  ])("%s", async (name, said) => {
    expect(await refused(name)).toContain(said);
  });

  it("what is named like an archive and is none", async () => {
    for (const name of ["text.zip", "text.tar", "text.tgz"]) {
      const fault = await faultOf(resolveArchive(scratch.write(name, "hello ".repeat(300))));
      expect(clean(fault.message)).toContain(`${name}: must be a complete ${name.endsWith("zip") ? "zip" : "tar"} archive`);
    }
  });

  it("a full disk is the environment's", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(writeFault(full, "data.zip", "/cache")).toMatchObject({
      kind: "environment",
      message: '/cache: must have room for what is in "data.zip"; received a full disk. Free some space, or set DESCENT_CACHE to a folder on a larger disk.',
    });
  });
});
