/** Damage in the caches: decoded rows, unpacked archives, kept inspections. It is told, what is damaged is made anew, and no sample is ever another. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { treeDamage } from "../../src/main/data/archives/treeSeal.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { inspectSource } from "../../src/main/data/inspect/source.ts";
import { onNotice } from "../../src/main/data/notice.ts";
import { openRows, type RowSpec } from "../../src/main/data/sampleFiles/rowCache.ts";
import { RowFile } from "../../src/main/data/sampleFiles/rowFile.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { descent } from "../helpers/descent.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const cache = path.join(scratch.folder, "cache");
const before = process.env[CACHE_VARIABLE];
const told: string[] = [];
beforeAll(() => {
  process.env[CACHE_VARIABLE] = cache;
  onNotice((text) => told.push(text));
});
afterAll(() => {
  onNotice(null);
  if (before === undefined) delete process.env[CACHE_VARIABLE];
  else process.env[CACHE_VARIABLE] = before;
});
beforeEach(() => {
  told.length = 0;
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe("decoded rows", () => {
  const ROWS = 40;
  const WIDTH = 11;
  let specs = 0;
  const spec = (): RowSpec & { made: number[] } => {
    const made: number[] = [];
    return {
      folder: "images",
      fingerprint: `spec${++specs}`,
      count: ROWS,
      rowBytes: WIDTH,
      made,
      async make(row) {
        made.push(row);
        return Uint8Array.from({ length: WIDTH }, (_, i) => (row * 31 + i * 7) % 256);
      },
    };
  };
  const binOf = ({ fingerprint }: RowSpec) => path.join(cache, "images", `${fingerprint}.bin`);
  const allRows = Uint32Array.from({ length: ROWS }, (_, row) => row);
  async function read(rows: RowSpec): Promise<Uint8Array> {
    const { file } = await openRows(rows);
    const bytes = await file.read(allRows);
    await file.close();
    return bytes;
  }

  it("that one person does not wait for any more are made for the other who does", async () => {
    const rows = spec();
    const ended = openRows(rows, () => {
      throw new Error("not any more");
    });
    const waiting = openRows(rows);
    await expect(ended).rejects.toThrow("not any more");
    const { file } = await waiting;
    expect(await file.read(allRows)).toEqual(await read(spec()));
    await file.close();
    expect(readdirSync(path.join(cache, "images")).filter((name) => !/^spec\d+\.(?:bin|json)$/.test(name))).toEqual([]);
  });

  it("with a flipped bit anywhere: the row is made anew and written back, and only it", async () => {
    const rows = spec();
    const first = await read(rows);
    const whole = readFileSync(binOf(rows));
    for (const at of [0, WIDTH * 17 + 3, ROWS * WIDTH - 1]) {
      rows.made.length = 0;
      told.length = 0;
      flip(binOf(rows), at);
      expect(await read(rows)).toEqual(first);
      expect(rows.made).toEqual([Math.floor(at / WIDTH)]);
      expect(told).toEqual([`Row ${Math.floor(at / WIDTH)} of the cache ${binOf(rows)} was damaged and made again.`]);
      expect(readFileSync(binOf(rows)).equals(whole)).toBe(true);
    }
  });

  it("that are read by position are checked whenever they are read", async () => {
    const rows = spec();
    const first = await read(rows);
    const { checksums } = JSON.parse(readFileSync(binOf(rows).replace(/bin$/, "json"), "utf8"));
    const parts = {
      path: binOf(rows),
      rowBytes: WIDTH,
      checksums: new Uint32Array(Uint8Array.from(Buffer.from(checksums, "base64")).buffer),
      make: rows.make,
      empty: new Map<number, string>(),
    };
    const file = await RowFile.open(parts, 0);
    expect(file.resident).toBe(false);
    flip(binOf(rows), WIDTH * 5);
    flip(binOf(rows), WIDTH * 30 + 2);
    expect(await file.read(allRows)).toEqual(first);
    expect(told).toEqual([`2 rows of the cache ${binOf(rows)} were damaged and made again.`]);
    expect(await file.read(allRows)).toEqual(first);
    expect(told).toHaveLength(1);
    await file.close();
    flip(binOf(rows), 0);
    // Its source is another by now.
    const fault = await faultOf(RowFile.open({ ...parts, make: async () => new Uint8Array(WIDTH) }));
    expect([fault.kind, fault.problems[0]?.received]).toEqual(["environment", "damaged bytes, and what they were made of has changed since"]);
  });

  it.each(["cut", "emptied", "missing", "with a damaged list", "of other rows"])("that are %s are all made anew", async (how) => {
    const rows = spec();
    const first = await read(rows);
    const list = binOf(rows).replace(/bin$/, "json");
    if (how === "cut") truncateSync(binOf(rows), ROWS * WIDTH - 1);
    else if (how === "emptied") truncateSync(binOf(rows), 0);
    else if (how === "missing") rmSync(binOf(rows));
    else if (how === "with a damaged list") flip(list, 120);
    else {
      const other = { ...spec(), count: 3 };
      await openRows(other);
      copyFileSync(binOf(other).replace(/bin$/, "json"), list);
    }
    rows.made.length = 0;
    expect(await read(rows)).toEqual(first);
    expect(rows.made).toHaveLength(ROWS);
    expect(told).toEqual([expect.stringMatching(/^The cache .+ was damaged \(.+\) and is made again\.$/)]);
  });
});

describe("an unpacked archive", () => {
  it("whose file was changed, cut, lost or joined by another is unpacked again by the next process, which says so", async () => {
    const home = path.join(scratch.folder, "home");
    const archive = path.join(scratch.folder, "data.zip");
    copyFileSync(path.join(import.meta.dirname, "fixtures", "archives", "flat.zip"), archive);
    const own = process.env[CACHE_VARIABLE];
    delete process.env[CACHE_VARIABLE];
    try {
      const inspect = () => descent("data", "inspect", path.join(archive, "train.csv"), "--home", home, "--json");
      await inspect();
      const archives = path.join(home, "cache", "archives");
      const [key = ""] = readdirSync(archives);
      const root = path.join(archives, key);
      const file = path.join(root, "data", "train.csv");
      const whole = readFileSync(file);
      expect(await treeDamage(root)).toBeNull();
      for (const [damage, says] of [
        [() => flip(file, 4), "different bytes than were unpacked"],
        [() => rmSync(path.join(root, "data", "test.csv")), "1 files instead of 2"],
      ] as const) {
        damage();
        const { stderr } = await inspect();
        expect(stderr).toContain(`What was unpacked of ${archive} was damaged in the cache (${says}) and is unpacked again.`);
        expect(readFileSync(file).equals(whole)).toBe(true);
        expect(await treeDamage(root)).toBeNull();
      }
      for (const damage of [
        () => truncateSync(file, 1),
        () => writeFileSync(path.join(root, "data", "more.csv"), "x"),
        () => flip(path.join(root, "manifest.json"), 90),
        () => rmSync(path.join(root, "manifest.json")),
      ]) {
        damage();
        expect(await treeDamage(root)).not.toBeNull();
      }
    } finally {
      process.env[CACHE_VARIABLE] = own;
    }
  });
});

describe("a kept inspection", () => {
  it("with a flipped bit is not believed, and made anew with a word", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i % 2 === 0 ? "a" : "b"}`).join("\n");
    const source: SourceConfig = { type: "csv", path: scratch.write("kept.csv", `x,class\n${rows}\n`), target: "class", task: "classification" };
    const first = await inspectSource(source, () => {});
    const file = path.join(cache, "inspections", `${first.fingerprint}.json`);
    expect(existsSync(file)).toBe(true);
    for (const at of [30, 200, readFileSync(file).length - 3]) {
      told.length = 0;
      flip(file, at);
      expect({ ...(await inspectSource(source, () => {})), seconds: 0 }).toEqual({ ...first, seconds: 0 });
      expect(told).toEqual([expect.stringContaining("was damaged (")]);
    }
  });
});
