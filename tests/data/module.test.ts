/** Data sets as code: the worked example, what a class may be, and everything that foreign code can do wrong, with the host unharmed. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { type ModuleSource, reader as moduleReader, openModule } from "../../src/main/data/readers/module.ts";
import { sourceSchema } from "../../src/shared/recipe/sources.ts";
import { checkAgainstData, requireRecipe } from "../../src/shared/recipe/validate.ts";
import { allowed, permissionsHome } from "../helpers/code.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
permissionsHome();
let files = 0;

const source = (file: string, config: Partial<ModuleSource> = {}): ModuleSource => ({ type: "module", path: file, timeout: 60, ...config });
const write = (code: string, ending = ".mjs", ...imports: readonly string[]) => allowed(scratch.write(`data${++files}${ending}`, code), ...imports);
const clean = (text: string) => text.replaceAll(scratch.folder + path.sep, "").replaceAll(/data\d+\./g, "data.");
const all = (dataset: Dataset) => Uint32Array.from({ length: dataset.length }, (_, i) => i);

/** A class with these members, and 30 samples of two classes unless they say something else. */
const classOf = (members: string) => `export default class Wrong {
  length = 30;
  get(index) { return { sample: [index, 2 * index], target: index % 2 }; }
  ${members}
}`;

async function read(code: string, config: Partial<ModuleSource> = {}, ending = ".mjs", ...imports: readonly string[]) {
  const dataset = await openModule(source(write(code, ending, ...imports), config));
  const batch = await dataset.fetch(all(dataset));
  expect(await dataset.targets()).toEqual(batch.targets);
  await dataset.close();
  return { facts: dataset.facts, samples: Array.from(batch.samples), targets: Array.from(batch.targets), elementType: batch.samples.constructor.name };
}

/** What opening says, or the first batch. */
async function message(
  code: string,
  config: Partial<ModuleSource> = {},
  ending = ".mjs",
  heapMegabytes?: number,
  imports: readonly string[] = [],
): Promise<string> {
  const file = write(code, ending, ...imports);
  const fault = await faultOf(
    openModule(source(file, config), heapMegabytes === undefined ? {} : { heapMegabytes }).then(async (dataset) => {
      try {
        await dataset.fetch(all(dataset));
      } finally {
        await dataset.close();
      }
    }),
  );
  expect(fault.kind).toBe("input");
  return clean(fault.message);
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((later) => setTimeout(later, 50));
  }
}

describe("the worked example", () => {
  const example = allowed(path.join(import.meta.dirname, "..", "..", "resources", "examples", "sine-waves.ts"));

  it("is a data set", async () => {
    const dataset = await openModule(source(example));
    expect(dataset.facts).toEqual({
      name: "sine-waves",
      length: 600,
      sampleShape: [1, 64],
      elementType: "float32",
      target: { kind: "classification", classes: ["slow", "medium", "fast"] },
      givenTest: 0,
    });
    expect(await moduleReader.describe(source(example))).toEqual(dataset.facts);
    expect(Array.from((await dataset.targets()).subarray(0, 4))).toEqual([0, 1, 2, 0]);
    const { samples, targets } = await dataset.fetch(Uint32Array.of(7, 2, 7));
    expect(Array.from(targets)).toEqual([1, 2, 1]);
    expect(samples.subarray(0, 64)).toEqual(samples.subarray(128, 192));
    expect(dataset.place(7)).toBe(`${example}, get(7)`);
    await dataset.close();
  });

  it("takes its options: without noise a wave crosses zero twice a cycle", async () => {
    const dataset = await openModule(source(example, { options: { waves: 3, points: 256, noise: 0 } }));
    const { samples } = await dataset.fetch(all(dataset));
    await dataset.close();
    const crossings = [0, 1, 2].map((wave) => {
      const values = samples.subarray(wave * 256, (wave + 1) * 256);
      return Array.from(values).filter((value, i) => value > 0 !== (values[(i + 1) % 256] ?? 0) > 0).length;
    });
    expect(crossings).toEqual([4, 8, 16]);
  });

  it("has a recipe beside it whose model takes its samples", async () => {
    const recipe = requireRecipe(JSON.parse(readFileSync(example.replace(/\.ts$/, ".json"), "utf8")));
    const { source: given } = recipe.data;
    if (given.type !== "module") throw new Error("the recipe has another source");
    expect(path.resolve(path.join(import.meta.dirname, "..", ".."), given.path)).toBe(path.resolve(example));
    const facts = await moduleReader.describe(source(example, { options: given.options ?? {} }));
    expect(checkAgainstData(recipe, facts, 420).problems).toEqual([]);
  });

  it("the documentation's own classes work", async () => {
    const text = readFileSync(path.join(import.meta.dirname, "..", "..", "docs", "data-set-as-code.md"), "utf8");
    const blocks = (language: string) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1] ?? "");
    const [squares = ""] = blocks("js");
    const first = await read(squares);
    expect([first.facts.name, first.facts.target, first.samples.slice(4, 8), first.targets.slice(0, 3)]).toEqual([
      "Squares",
      { kind: "classification", classes: ["even", "odd"] },
      [2, 4, 3, 9],
      [0, 1, 0],
    ]);
    scratch.write("recordings.f32", new Uint8Array(Float32Array.from({ length: 5000 * 257 }, (_, i) => (i % 257 === 256 ? i % 3 : i % 257)).buffer));
    const recordings = await openModule(source(write(blocks("ts")[0] ?? "", ".ts")));
    expect([recordings.length, recordings.sampleShape]).toEqual([5000, [1, 256]]);
    expect((await recordings.fetch(Uint32Array.of(4999))).samples.slice(-2)).toEqual(Float32Array.of(254, 255));
    await recordings.close();
    expect(sourceSchema.parse(JSON.parse(blocks("json")[0] ?? ""))).toMatchObject({ type: "module", timeout: 10 });
  });
});

describe("what a class may be", () => {
  it("numbers that repeat are classes, whatever they begin at", async () => {
    expect(await read(classOf("get(i) { return { sample: [i], target: 5 + 2 * (i % 2) }; } length = 4;"))).toEqual({
      facts: { name: "Wrong", length: 4, sampleShape: [1], elementType: "float32", target: { kind: "classification", classes: ["5", "7"] }, givenTest: 0 },
      samples: [0, 1, 2, 3],
      targets: [0, 1, 0, 1],
      elementType: "Float32Array",
    });
  });

  it("names are classes in the order of the alphabet, or as the class has them", async () => {
    const members = 'length = 3; get(i) { return { sample: [i], target: ["dog", "cat", "dog"][i] }; }';
    const learned = await read(classOf(members));
    expect([learned.facts.target, learned.targets]).toEqual([{ kind: "classification", classes: ["cat", "dog"] }, [1, 0, 1]]);
    const given = await read(classOf(`${members} static classes = ["dog", "cat", "owl"];`));
    expect([given.facts.target, given.targets]).toEqual([{ kind: "classification", classes: ["dog", "cat", "owl"] }, [0, 1, 0]]);
  });

  it("fractions, lists and a task of regression are values", async () => {
    const fractions = await read(classOf("length = 2; get(i) { return { sample: [i], target: i + 0.5 }; }"));
    expect([fractions.facts.target, fractions.targets]).toEqual([{ kind: "regression", names: ["target"] }, [0.5, 1.5]]);
    const lists = await read(classOf("length = 2; get(i) { return { sample: [i], target: [i, -i] }; }"));
    expect([lists.facts.target, lists.targets]).toEqual([{ kind: "regression", names: ["target 1", "target 2"] }, [0, -0, 1, -1]]);
    const told = await read(classOf('length = 2; task = "regression"; get(i) { return { sample: [i], target: i }; }'));
    expect([told.facts.target, told.targets]).toEqual([{ kind: "regression", names: ["target"] }, [0, 1]]);
  });

  it("hundreds of thousands of small samples come in one batch", async () => {
    const dataset = await openModule(source(write(classOf('length = 150_000; static classes = ["even", "odd"];'))));
    const { samples, targets } = await dataset.fetch(all(dataset));
    expect([samples.length, targets.length, samples.at(-1), targets.at(-1)]).toEqual([300_000, 150_000, 299_998, 1]);
    await dataset.close();
  }, 60_000);

  it("samples in arrays in arrays, in a shape that is told, in bytes, promised", async () => {
    const nested = await read(classOf("length = 2; get(i) { return { sample: [[[i, 1], [2, 3]]], target: i }; }"));
    expect([nested.facts.sampleShape, nested.samples]).toEqual([
      [1, 2, 2],
      [0, 1, 2, 3, 1, 1, 2, 3],
    ]);
    const told = await read(classOf("length = 2; sampleShape = [1, 2, 2]; async get(i) { return { sample: new Float64Array([i, 1, 2, 3]), target: i }; }"));
    expect([told.facts.sampleShape, told.samples]).toEqual([
      [1, 2, 2],
      [0, 1, 2, 3, 1, 1, 2, 3],
    ]);
    const bytes = await read(classOf("length = 2; sampleShape = [1, 1, 3]; get(i) { return { sample: Uint8Array.of(i, 128, 255), target: i }; }"));
    expect([bytes.facts.elementType, bytes.elementType, bytes.samples]).toEqual(["uint8", "Uint8Array", [0, 128, 255, 1, 128, 255]]);
  });

  it("TypeScript, a named export, its own imports and files, a getter for its length, no class of other things", async () => {
    const helper = scratch.write("helper.ts", "export const twice = (value: number): number => 2 * value;");
    scratch.write("numbers.json", "[3, 4, 5]");
    const code = `import { readFileSync } from "node:fs";
      import { twice } from "./helper.ts";
      interface Given { readonly add: number }
      export const VERSION = 1;
      export class Numbers {
        readonly #numbers: readonly number[] = JSON.parse(readFileSync(new URL("./numbers.json", import.meta.url), "utf8"));
        readonly #add: number;
        constructor({ add }: Given) { this.#add = add; }
        get length(): number { return this.#numbers.length; }
        get(index: number) { return { sample: [twice(this.#numbers[index] ?? 0) + this.#add], target: String(index % 2) }; }
      }`;
    for (const config of [{ export: "Numbers", options: { add: 10 } }, { options: { add: 10 } }]) {
      const { facts, samples } = await read(code, config, ".ts", helper);
      expect([facts.name, samples]).toEqual(["Numbers", [16, 18, 20]]);
    }
  });

  it("prints into the log, closes what it has open, and knows little of the host", async () => {
    process.env["SECRET_TOKEN"] = "secret";
    const { facts, targets } = await read(
      classOf(
        'name = [typeof process.send, process.env.SECRET_TOKEN, process.env.NODE_OPTIONS].join(); get(i) { console.log("noise", i); return { sample: [i], target: i % 2 }; }',
      ),
    );
    expect([facts.name, targets.length]).toEqual(["undefined,,", 30]);
    const closing = await openModule(source(write(classOf('close() { throw new Error("too late to matter"); }'))));
    await closing.close();
    await closing.close();
    expect((await faultOf(closing.fetch(Uint32Array.of(0)))).message).toContain("received a data set that was closed. Open it again.");
  });
});

describe("what foreign code does wrong", () => {
  it.each([
    [
      "throws",
      classOf('get(i) { if (i === 17) throw new Error("no seventeen"); return { sample: [i], target: i % 2 }; }'),
      "data.mjs:4: get(17) must not throw; received get(17) threw: no seventeen.",
    ],
    ["throws no error", classOf('get(i) { throw "text"; }'), "data.mjs, get(0): get(0) must not throw; received get(0) threw: text."],
    [
      "throws in its constructor",
      classOf('constructor() { throw new TypeError("bad options"); }'),
      "data.mjs:4: the constructor must not throw; received the constructor threw: bad options.",
    ],
    ["rejects", classOf('async get(i) { await null; throw new Error("later"); }'), "data.mjs:4: get(0) must not throw; received get(0) threw: later."],
    ["gives nothing", classOf("get(i) {}"), "data.mjs, get(0): must give an object with sample and target; received nothing (undefined)."],
    ["gives no target", classOf("get(i) { return { sample: [i] }; }"), "must give an object with sample and target; received an object with sample."],
    [
      "gives another shape",
      classOf("get(i) { return { sample: i === 17 ? [1, 2, 3] : [1, 2], target: i % 2 }; }"),
      "data.mjs, get(17): sample must have the shape [2]; received shape [3].",
    ],
    [
      "gives ragged arrays",
      classOf("get(i) { return { sample: [[1, 2], [3]], target: 0 }; }"),
      "data.mjs, get(0): sample[1] must be 2 numbers, as in the first; received an array of 1, the first 3.",
    ],
    [
      "gives NaN",
      classOf("get(i) { return { sample: [1, i === 17 ? NaN : 2], target: i % 2 }; }"),
      "data.mjs, get(17): sample[1] must be a finite number that float32 can hold; received NaN.",
    ],
    [
      "gives text",
      classOf('get(i) { return { sample: [[1, 2], [3, "4"]], target: 0 }; }'),
      'data.mjs, get(0): sample[1][1] must be a finite number that float32 can hold; received the text "4".',
    ],
    [
      "gives bigints",
      classOf("get(i) { return { sample: new BigInt64Array(2), target: 0 }; }"),
      "sample must be numbers: an array, a typed array or arrays in arrays; received a BigInt64Array of 2.",
    ],
    [
      "gives bytes sometimes",
      classOf("get(i) { return { sample: i === 17 ? [1] : Uint8Array.of(1), target: i % 2 }; }"),
      "data.mjs, get(17): sample must be a Uint8Array like sample 0; received an array of 1, the first 1.",
    ],
    [
      "gives no number as a target",
      classOf("get(i) { return { sample: [1], target: i === 17 ? null : i % 2 }; }"),
      "data.mjs, get(17): target must be a class (an integer or a name), a finite number, or an array of finite numbers; received null.",
    ],
    [
      "gives a target that is no class",
      classOf('classes = ["a", "b"]; get(i) { return { sample: [1], target: i === 17 ? "c" : "a" }; }'),
      'data.mjs, get(17): must give one of the 2 classes, by name or by its number from 0; received "c".',
    ],
    [
      "mixes names and numbers",
      classOf('get(i) { return { sample: [1], target: i === 17 ? "c" : 1 }; }'),
      'data.mjs, get(17): must give a target like sample 0, 1; received "c".',
    ],
    ["has one class", classOf("get(i) { return { sample: [1], target: 4 }; }"), "data.mjs: must have at least two classes; received 4 for every sample."],
    [
      "has a class a sample",
      classOf("get(i) { return { sample: [1], target: i }; }"),
      'data.mjs: must have classes that repeat; received 30 different targets of 30 samples. Set task to "regression" to predict a number.',
    ],
    ["has no length", classOf("length = undefined;"), "data.mjs: length must be an integer of at least 1; received nothing (undefined)."],
    ["has an endless length", classOf("length = Infinity;"), "data.mjs: length must be an integer of at least 1; received Infinity."],
    [
      "changes its length",
      classOf("get(i) { if (i === 17) this.length = 12; return { sample: [i], target: i % 2 }; }"),
      "length must stay 30, as it was when the data set was opened; received 12.",
    ],
    ["has a wrong shape", classOf("sampleShape = [2, 0];"), "sampleShape must be an array of integers, each at least 1; received an array of 2, the first 2."],
    ["has wrong classes", classOf('classes = "ab";'), 'classes must be an array of at least two different names; received the text "ab".'],
    ["has a wrong task", classOf('task = "ranking";'), 'task must be "classification" or "regression"; received the text "ranking".'],
    ["has no get", "export default class { length = 3; }", "data.mjs: the default export must have a method get(index); received nothing (undefined)."],
    [
      "exports no class",
      "export const length = 3; export function get() {}; export const other = () => {};",
      "data.mjs: get must have a method get(index); received nothing (undefined).",
    ],
    ["exports nothing", "const nothing = 1;", "data.mjs: must export a class as its default; received no exports. Write `export default class …`"],
    [
      "imports what is not there",
      'import "./nothing.mjs"; export default class {}',
      "data.mjs: must be a module that can be loaded; received Cannot find module",
    ],
  ])("%s", async (_what, code, said) => {
    expect(await message(code)).toContain(said);
  });

  it("has no export of that name", async () => {
    expect(await message("export class A {}; export class B {}; export const c = 1;", { export: "C" })).toBe(
      'data.mjs: must export a class as "C"; received the exports A, B, c. Name a class that is exported in data.source.export.',
    );
    expect(await message("export class A {}; export class B {}")).toContain("data.mjs: must export a class as its default; received the exports A, B.");
  });

  it.each([
    [
      "JavaScript",
      ".mjs",
      "export default class {\n  get(i) { return 1 +; }\n}",
      "data.mjs:2: must be a module that can be loaded; received SyntaxError: Unexpected token ';'. Correct the line.",
    ],
    ["TypeScript", ".ts", "export default class {}\nconst x: number = ;", "data.ts:2: must be a module that can be loaded; received Expression expected."],
    [
      "what Node cannot strip",
      ".ts",
      "enum A { B }\nexport default class {}",
      "data.ts:1: must be a module that can be loaded; received TypeScript enum is not supported in strip-only mode.",
    ],
  ])("has an error of syntax: %s", async (_what, ending, code, said) => {
    expect(await message(code, {}, ending)).toContain(said);
  });

  it("has it in a file that it imports", async () => {
    const broken = scratch.write("broken.mjs", "export const a = 1;\nexport const b = ;\n");
    expect(await message('import "./broken.mjs"; export default class {}', {}, ".mjs", undefined, [broken])).toContain(
      "broken.mjs:2: must be a module that can be loaded; received SyntaxError",
    );
  });

  it.each([
    ["a loop", "for (;;);"],
    ["a promise that is never kept", "return new Promise(() => setInterval(() => {}, 1000));"],
    ["a loop behind a promise", "return Promise.resolve().then(() => { for (;;); });"],
  ])("does not answer: %s", async (_what, hang) => {
    expect(await message(classOf(`get(i) { if (i === 17) { ${hang} } return { sample: [i], target: i % 2 }; }`), { timeout: 2 })).toBe(
      "data.mjs: must answer within 2 s; received get(17) did not answer within 2 s. Look there for an endless loop or a promise that is never resolved, or raise data.source.timeout.",
    );
  });

  it("does not answer while it loads, or is made", async () => {
    expect(await message("await new Promise(() => setInterval(() => {}, 1000));", { timeout: 2 })).toContain(
      "received loading the module did not answer within 2 s.",
    );
    expect(await message(classOf("constructor() { for (;;); }"), { timeout: 2 })).toContain("received the constructor did not answer within 2 s.");
  });

  it.each([
    ["process.exit(0)", "received get(17) ended it with status 0. Do not call process.exit in a data set; throw an error instead."],
    ["process.exit(3)", "received get(17) ended it with status 3."],
    ['process.kill(process.pid, "SIGKILL")', "received get(17) ended it with signal SIGKILL."],
    [
      'setTimeout(() => { throw new RangeError("from a timer"); }); return new Promise(() => {})',
      "data.mjs:4: must not throw outside get(index); received RangeError: from a timer during get(17).",
    ],
    [
      'Promise.reject(new Error("nobody waits")); return new Promise(() => {})',
      "must not throw outside get(index); received Error: nobody waits during get(17).",
    ],
  ])("ends its process: %s", async (code, said) => {
    expect(await message(classOf(`get(i) { if (i === 17) { ${code}; } return { sample: [i], target: i % 2 }; }`))).toContain(said);
  });

  it("takes all memory", async () => {
    expect(await message(classOf("get(i) { const kept = []; for (;;) kept.push({ i: kept.length }); }"), {}, ".mjs", 32)).toBe(
      "data.mjs: must fit into 32 MiB of memory; received get(0) ran out of memory. " +
        "Keep numbers in typed arrays, and let get(index) read only what one sample needs.",
    );
  });

  const victim = path.join(scratch.folder, "victim.txt");
  it.each([
    ["write a file", `import { writeFileSync } from "node:fs"; export default class { constructor() { writeFileSync(${JSON.stringify(victim)}, "x"); } }`],
    [
      "start a process",
      `import { execFileSync } from "node:child_process"; export default class { constructor() { execFileSync("touch", [${JSON.stringify(victim)}]); } }`,
    ],
    ["start a thread", `import { Worker } from "node:worker_threads"; export default class { constructor() { new Worker("1", { eval: true }); } }`],
    ["load a native addon", `export default class { constructor() { process.dlopen({ exports: {} }, "/tmp/none.node"); } }`],
  ])("must not %s", async (_what, code) => {
    expect(await message(code)).toMatch(
      /: (?:must only read; received (?:loading the module|the constructor) tried something forbidden|the constructor must not throw; received the constructor threw: Cannot load native addon)/,
    );
    expect(existsSync(victim)).toBe(false);
  });

  it("names a file that is not there, or is no module", async () => {
    expect((await faultOf(openModule(source(path.join(scratch.folder, "nowhere.ts"))))).message).toContain(
      "data.source.path must name a file that can be read; received no such file.",
    );
    expect((await faultOf(openModule(source(scratch.write("data.csv", "a,b"))))).message).toContain(
      "must be a module: .ts, .mts, .js, .mjs or .cjs; received .csv.",
    );
  });

  it("harms nothing: another is opened and goes on beside it", async () => {
    const good = await openModule(source(write(classOf(""))));
    const bad = await openModule(source(write(classOf("get(i) { if (i > 0) process.exit(1); return { sample: [i], target: 0 }; } classes = ['a', 'b'];"))));
    const [fine, fault] = await Promise.all([good.fetch(Uint32Array.of(3, 4)), faultOf(bad.fetch(Uint32Array.of(1)))]);
    expect([Array.from(fine.samples), Array.from(fine.targets)]).toEqual([
      [3, 6, 4, 8],
      [1, 0],
    ]);
    expect((await faultOf(bad.fetch(Uint32Array.of(0)))).message).toBe(fault.message);
    await Promise.all([good.close(), bad.close()]);
    expect((await read(classOf(""))).facts.length).toBe(30);
  });
});

describe("the process", () => {
  it("can still reach the network: Node 24 has no permission for that, and the documentation says so", async () => {
    const server = createServer((socket) => socket.end("reached"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { facts } = await read(
      `import { connect } from "node:net"; import { text } from "node:stream/consumers";
       const name = await text(connect(${port}, "127.0.0.1"));
       export default class { name = name; length = 2; get(i) { return { sample: [i], target: i }; } }`,
    );
    expect(facts.name).toBe("reached");
    server.close();
  });

  it.each([
    ["waits", "await new Promise(() => setInterval(() => {}, 1000));"],
    ["loops", "await null; for (;;);"],
  ])("ends with its parent while it %s", async (_what, code) => {
    const file = write(`import { writeSync } from "node:fs"; writeSync(1, "child " + process.pid + "\\n"); ${code}`);
    const host = scratch.write(
      `host${files}.mts`,
      `import { openModule } from ${JSON.stringify(pathToFileURL(path.resolve("src/main/data/readers/module.ts")).href)};
       await openModule({ type: "module", path: ${JSON.stringify(file)}, timeout: 3600 });`,
    );
    const parent = spawn(process.execPath, [host], { stdio: ["ignore", "ignore", "pipe"] });
    const pid = await childOf(parent);
    parent.kill("SIGKILL");
    await untilGone(pid);
  });

  it("keeps its parent from ending only while it is asked", async () => {
    const host = scratch.write(
      "forgetful.mts",
      `import { openModule } from ${JSON.stringify(pathToFileURL(path.resolve("src/main/data/readers/module.ts")).href)};
       const dataset = await openModule({ type: "module", path: ${JSON.stringify(write(classOf("")))}, timeout: 60 });
       console.log((await dataset.fetch(Uint32Array.of(2))).samples.join());`,
    );
    const parent = spawn(process.execPath, [host], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    parent.stdout.on("data", (chunk) => {
      said += chunk;
    });
    expect(await new Promise((ended) => parent.once("close", ended))).toBe(0);
    expect(said).toBe("2,4\n");
  });
});

/** The number that the process of the module prints, which its parent passes on to the log. */
async function childOf(parent: ChildProcess): Promise<number> {
  let said = "";
  for await (const chunk of parent.stderr ?? []) {
    said += chunk;
    const found = /child (\d+)\n/.exec(said);
    if (found !== null) return Number(found[1]);
  }
  throw new Error(`the host ended: ${said}`);
}
