/**
 * Bad data through the contract, read by a real process of the data room: each is refused with what is wrong in it, the studio answers meanwhile,
 * and whatever happens to the process, the next question is answered.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createStudio } from "../../src/main/studio.ts";
import { forkTrainer, type TrainerProcess } from "../../src/main/training/spawn.ts";
import type { Inspection } from "../../src/shared/contract/inspection.ts";
import { at, type Fault } from "../../src/shared/kit/fault.ts";
import { damaged, moduleOf, png, tarBomb, WRONG_MODULES, writeFiles, zip } from "../cli/badInputs.ts";
import { allowThrough, keyIn } from "../helpers/code.ts";
import { english } from "../helpers/english.ts";
import { clientOf, irisRecipe, refused, temporaryHome } from "./harness.ts";

const FIXTURES = path.join(import.meta.dirname, "..", "data", "fixtures");
const GOOD = `length,colour\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? "red" : "blue"}`).join("\n")}\n`;

/** A studio whose processes are all real, and a folder with files. */
async function openReal(files: Readonly<Record<string, string | Uint8Array>>, host: "web" | "cli" = "web") {
  const home = temporaryHome();
  keyIn(path.join(path.dirname(home), "config"));
  const folder = writeFiles(path.join(path.dirname(home), "data"), { "good.csv": GOOD, ...files });
  const rooms: TrainerProcess[] = [];
  const spawnRoom = () => {
    const room = forkTrainer();
    rooms.push(room);
    return room;
  };
  const studio = await createStudio({ home, host, spawnTrainer: forkTrainer, spawnRoom });
  onTestFinished(() => studio.close());
  const client = clientOf(studio);
  const place = (name: string) => path.join(folder, name);
  return { client, rooms, place, good: { type: "csv", path: place("good.csv"), target: "colour" } };
}

/** The fault of a question, and that others are answered while it is being asked. */
async function refusedMeanwhile(client: ReturnType<typeof clientOf>, question: Promise<unknown>): Promise<Fault> {
  const fault = refused(question);
  const [info, own] = await Promise.all([client.system.info(), client.datasets.own()]);
  expect(info.host).toBe("web");
  expect(own).toEqual([]);
  return fault;
}

describe("bad data is refused, and the studio answers meanwhile", () => {
  it("images, tables and archives", async () => {
    const parquet = readFileSync(path.join(FIXTURES, "tables", "plain.parquet"));
    const { client, rooms, place, good } = await openReal({
      "one/cat/1.png": png([1, 2, 3]),
      "broken/cat/1.png": damaged(png([1, 2, 3])).subarray(0, 40),
      "broken/dog/1.png": "no image",
      "same.csv": "x,y\n1,a\n2,a\n3,a\n",
      "half.parquet": parquet.subarray(0, parquet.length / 2),
      "climb.zip": zip([{ name: "../out.csv", content: GOOD }]),
      "bomb.zip": zip([{ name: "data.csv", content: "\x03\x00", claims: 4_026_531_840 }]),
      "bomb.tar.gz": tarBomb("data.csv", 4_026_531_840),
    });
    const images = (name: string) => ({ type: "images", path: place(name) });
    const table = (name: string, type = "csv", target = "y") => ({ type, path: place(name), target });
    const cases: readonly (readonly [source: { readonly path: string }, expected: string, received: string])[] = [
      [images("one"), "must hold folders of at least two classes", 'images only in "cat"'],
      [images("broken"), "must hold images of at least two classes that can be read", "none that can be read"],
      [images("nothing"), "data.source.path must name a folder that can be read", "no such folder"],
      [table("same.csv"), "must hold at least two classes", '"a" in every row'],
      [table("good.csv", "csv", "color"), "must name a column of good.csv", '"color"'],
      [table("half.parquet", "parquet", "kind"), "must be a complete Parquet file", "cut off or damaged"],
      [table("climb.zip"), "must stay inside the folder", ".."],
      [table("bomb.zip"), "must unpack to at most 200 times", "4,026,531,840 bytes"],
      [table("bomb.tar.gz"), "must unpack to at most 200 times", "4,026,531,840 bytes"],
    ];
    for (const [source, expected, received] of cases) {
      const fault = await refusedMeanwhile(client, client.datasets.describe({ source }));
      expect([fault.kind, fault.problems.length]).toEqual(["input", 1]);
      const problem = at(fault.problems, 0);
      expect(english(problem.expected)).toContain(expected);
      expect(english(problem.received)).toContain(received);
      expect(english(problem.remedy)).not.toBe("");
      if (problem.place !== "data.source.target") expect(problem.place).toContain(source.path);
      // It cannot be added either.
      expect((await refused(client.datasets.add({ name: "bad", source }))).message).toBe(fault.message);
    }
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    expect(rooms).toHaveLength(1);
  });

  it.each(WRONG_MODULES)("a module that $does", async ({ members, says }) => {
    const { client, rooms, place, good } = await openReal({ "mine.mjs": moduleOf(members) });
    const source = { type: "module", path: await allowThrough(client, place("mine.mjs")), timeout: 1 };
    // Nothing but sample 0 is read to describe it.
    expect(await client.datasets.describe({ source })).toMatchObject({ length: 40, sampleShape: [2] });
    const samples = (...numbers: number[]) => client.datasets.samples({ source, samples: numbers, side: 32 });
    const fault = await refusedMeanwhile(client, samples(17));
    expect([fault.kind, fault.problems.length]).toEqual(["input", 1]);
    expect(fault.message).toMatch(says);
    expect((await refused(lastInspection(client, source))).message).toBe(fault.message);
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    // Once it is mended, it is another file: it is read anew, when that one is allowed.
    writeFileSync(place("mine.mjs"), moduleOf(""));
    expect(english((await refused(samples(17))).problems)).toMatchObject([{ expected: "must be allowed before its code runs", allow: place("mine.mjs") }]);
    await allowThrough(client, place("mine.mjs"));
    expect(await samples(17)).toMatchObject([{ sample: 17, label: "odd", shape: [2] }]);
    expect(rooms).toHaveLength(1);
  });

  it("a recipe on it is checked and told, not thrown", async () => {
    const { client, place } = await openReal({ "mine.mjs": moduleOf("length = -1;") });
    const source = { type: "module", path: await allowThrough(client, place("mine.mjs")), timeout: 30 };
    const { problems } = await client.recipes.check({ recipe: { ...irisRecipe, data: { source } } });
    expect(problems).toMatchObject([{ place: place("mine.mjs"), expected: "length must be an integer of at least 1", received: "-1" }]);
  });
});

async function lastInspection(client: ReturnType<typeof clientOf>, source: object): Promise<Inspection | null> {
  let last: Inspection | null = null;
  for await (const event of await client.datasets.inspect({ source })) if (event.type === "inspection") last = event.inspection;
  return last;
}

it("what is broken among good images is told in the inspection and in its CSV", async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`set/${i % 2 === 0 ? "even" : "odd"}/${i}.png`, png([i, 2 * i, 5])]));
  const { client, place } = await openReal({ ...files, "set/odd/damaged.png": damaged(png([1, 2, 3])), "set/even/empty.png": "" });
  const source = { type: "images", path: place("set") };
  const inspection = await lastInspection(client, source);
  expect(inspection).toMatchObject({ exact: true, samplesSeen: 40, sizes: [{ height: 8, width: 8, channels: 3, count: 40 }] });
  const unreadable = inspection?.problems.find(({ kind }) => kind === "unreadable");
  expect(unreadable?.items.map(({ place }) => place).sort()).toEqual(["even/empty.png", "odd/damaged.png"]);
  const csv = await client.datasets.problemsCsv({ source });
  for (const { place, detail } of unreadable?.items ?? []) expect(csv).toContain(`unreadable,error,,${english(place)},${english(detail)},`);
});

describe("the process of the data room", () => {
  const HANGS = "get(index) { while (index === 17); return { sample: [index, 1], target: index % 2 }; }";

  it("answers others while a module never returns; killed, it says so and the next question starts another", async () => {
    const { client, rooms, place, good } = await openReal({ "mine.mjs": moduleOf(HANGS) });
    const source = { type: "module", path: await allowThrough(client, place("mine.mjs")), timeout: 3600 };
    let settled = false;
    const hanging = refused(client.datasets.samples({ source, samples: [17], side: 32 })).finally(() => {
      settled = true;
    });
    // One that would wait for the module would wait for an hour.
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    expect(await client.datasets.samples({ source: good, samples: [3], side: 32 })).toMatchObject([{ label: "blue" }]);
    expect([settled, rooms.length]).toEqual([false, 1]);

    process.kill(rooms[0]?.pid ?? Number.NaN, "SIGKILL");
    const fault = await hanging;
    expect(fault.kind).toBe("environment");
    expect(english(fault.problems)).toMatchObject([
      { place: "data room", expected: "the process that reads data must keep running", received: expect.stringContaining("SIGKILL") },
    ]);
    expect(await client.datasets.samples({ source: good, samples: [4], side: 32 })).toMatchObject([{ label: "red" }]);
    expect(rooms).toHaveLength(2);
  });

  it("goes soon behind a command, so that its memory is not held while a run trains", async () => {
    const { client, rooms, good } = await openReal({}, "cli");
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    const gone = new Promise<string | null>((resolve) => at(rooms, 0).onExit((_, signal) => resolve(signal)));
    expect(await gone).toBe("SIGKILL");
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    expect(rooms).toHaveLength(2);
  });

  it("killed before it said a word, it is refused and started again", async () => {
    const { client, rooms, good } = await openReal({});
    const asked = refused(client.datasets.describe({ source: good }));
    const room = await vi.waitFor(() => at(rooms, 0));
    process.kill(room.pid ?? Number.NaN, "SIGKILL");
    expect((await asked).kind).toBe("environment");
    expect(await client.datasets.describe({ source: good })).toMatchObject({ length: 40 });
    expect(rooms).toHaveLength(2);
  });
});
