/**
 * The fence around code: what a person did not allow does not start, whatever door it comes by; what runs cannot do what the person was not told. Each
 * attempt is made by real foreign code in a real process.
 */
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { allowModule, examineModule } from "../../src/main/data/code/examine.ts";
import { forget, keepPermissionsIn, listPermissions } from "../../src/main/data/code/permissions.ts";
import { runnerEntry } from "../../src/main/data/code/sandbox.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { inspectSource } from "../../src/main/data/inspect/source.ts";
import { openModule } from "../../src/main/data/readers/module.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { prepareData } from "../../src/main/training/prepare.ts";
import { samplesOf } from "../../src/main/training/room/samples.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { zip } from "../cli/badInputs.ts";
import { allowed, keyIn, permissionsHome } from "../helpers/code.ts";
import { english } from "../helpers/english.ts";
import { irisRecipe } from "../studio/harness.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
const home = permissionsHome();
process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");

const source = (file: string, options: Record<string, unknown> = {}) => ({ type: "module", path: file, timeout: 60, options }) as const;
let files = 0;
const write = (code: string, ending = ".mjs") => scratch.write(`code${++files}${ending}`, code);
/** Good data. */
const good = (before = "", members = "") => `${before}
export default class Good {
  length = 20;
  get(i) { return { sample: [i, 1], target: i % 2 }; }
  ${members}
}`;
const NOT_ALLOWED = [{ expected: "must be allowed before its code runs" }];

describe("nothing runs that was not allowed", () => {
  /** A module that calls when any of it runs. */
  async function watched(run: (file: string) => Promise<unknown>): Promise<{ readonly calls: number; readonly problems: unknown }> {
    let calls = 0;
    const server = createServer((socket) => {
      calls++;
      socket.destroy();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const file = write(
      good(`import { connect } from "node:net"; await new Promise((done) => connect(${port}, "127.0.0.1").on("close", done).on("error", done));`),
    );
    const fault = await faultOf(run(file));
    server.close();
    return { calls, problems: fault.problems };
  }
  const recipeOn = (file: string) => requireRecipe({ ...irisRecipe, data: { source: source(file) } });

  it.each<readonly [string, (file: string) => Promise<unknown>]>([
    ["opened", (file) => openModule(source(file))],
    ["read as a source", (file) => openDataset(source(file))],
    ["described, as a recipe is checked", (file) => describeSource(source(file))],
    ["inspected", (file) => inspectSource(source(file), () => {})],
    ["shown", (file) => samplesOf(source(file), [0], 32)],
    ["prepared for training, resuming, evaluating, reproducing, folds, a range test", (file) => prepareData(recipeOn(file))],
    ["dropped on the window", async (file) => describeSource(await detectSource(file))],
  ])("%s", async (_door, run) => {
    expect(await watched(run)).toMatchObject({ calls: 0, problems: [{ ...NOT_ALLOWED[0], allow: expect.stringContaining(".mjs") }] });
  });

  it("looking at it before it is allowed runs nothing of it, nor of what it imports", async () => {
    scratch.write("loud.mjs", `import { connect } from "node:net"; export const a = 1; throw new Error("ran");`);
    scratch.write("loud.cjs", `throw new Error("ran");`);
    scratch.write("later.ts", "export const b: number = 2;");
    const file = write(
      `import { a } from "./loud.mjs"; import c from "./loud.cjs"; export default class { async get() { await import("./later.ts"); } } throw new Error("ran");`,
    );
    const examination = await examineModule(file);
    expect(examination.imports.map((each) => each.path).sort()).toEqual(["later.ts", "loud.cjs", "loud.mjs"]);
    expect(examination).toMatchObject({ path: file, size: statSync(file).size, isAllowed: false, reads: [scratch.folder] });
  });

  it("another byte is another file: in the module, and in what it imports", async () => {
    const helper = scratch.write("helper.mjs", "export const one = 1;");
    const file = write(good('import { one } from "./helper.mjs";', 'name = "helped " + one;'));
    await allowModule(file, (await examineModule(file)).digest);
    const opened = await openModule(source(file));
    expect(opened.name).toBe("helped 1");
    await opened.close();
    writeFileSync(helper, "export const one = 2;");
    expect(english((await faultOf(openModule(source(file)))).problems)).toMatchObject([
      { ...NOT_ALLOWED[0], received: expect.stringContaining("helper.mjs"), allow: file },
    ]);
    expect((await examineModule(file)).isAllowed).toBe(false);
    writeFileSync(helper, "export const one = 1;");
    writeFileSync(file, `${readFileSync(file, "utf8")} `);
    expect(english((await faultOf(openModule(source(file)))).problems)).toMatchObject(NOT_ALLOWED);
  });

  it("what changes between the question and the answer is not allowed", async () => {
    const file = write(good());
    const { digest } = await examineModule(file);
    writeFileSync(file, good("/* other */"));
    expect(english((await faultOf(allowModule(file, digest))).problems)).toMatchObject([{ expected: "must be what was shown" }]);
    expect(english((await faultOf(openModule(source(file)))).problems)).toMatchObject(NOT_ALLOWED);
  });

  it("an import whose name is made while it runs is refused", async () => {
    scratch.write("secret.mjs", "export default 1;");
    const file = write(good('const name = ["./sec", "ret.mjs"].join(""); await import(name);'));
    await allowModule(file, (await examineModule(file)).digest);
    expect(english((await faultOf(openModule(source(file)))).problems)).toMatchObject([{ received: expect.stringContaining("secret.mjs") }]);
  });
});

describe("a permission", () => {
  const refusal = async (file: string) => (await faultOf(openModule(source(file)))).problems;
  const keptOf = (file: string) => path.join(home, "permissions", `${createHash("sha256").update(readFileSync(file)).digest("hex")}.json`);
  afterEach(() => {
    keyIn(path.join(path.dirname(home), "config"));
    keepPermissionsIn(home);
    forget(listPermissions().map(({ sha256 }) => sha256));
  });

  it("is private, listed, and taken back", async () => {
    const file = allowed(write(good("/* private */")));
    await (await openModule(source(file))).close();
    if (process.platform !== "win32") {
      expect(statSync(keptOf(file)).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(keptOf(file))).mode & 0o777).toBe(0o700);
    }
    const { sha256 = "" } = listPermissions().find((each) => each.path === file) ?? {};
    expect(forget([sha256, "0".repeat(64), "../../history"])).toBe(1);
    expect(await refusal(file)).toMatchObject(NOT_ALLOWED);
  });

  it("does not come along with a home from elsewhere", async () => {
    const file = allowed(write(good("/* moved */")));
    // The whole folder in the home of somebody else, or of the same person on another machine: another key.
    keyIn(path.join(scratch.folder, "another-config"));
    expect(await refusal(file)).toMatchObject(NOT_ALLOWED);
    // They have a key of their own, and that makes no difference.
    allowed(write(good("/* theirs */")));
    expect(await refusal(file)).toMatchObject(NOT_ALLOWED);
    expect(existsSync(keptOf(file))).toBe(true);
  });

  it.each<readonly [string, (text: string) => string]>([
    ["another hash in it", (text) => text.replace(/"sha256":"../, '"sha256":"00')],
    ["another import in it", (text) => text.replace('"imports":[]', `"imports":[{"path":"x","size":1,"sha256":"${"0".repeat(64)}"}]`)],
    ["no seal", (text) => text.replace(/"seal":"[0-9a-f]*"/, '"seal":""')],
    [
      "a seal of a guessed key",
      (text) => {
        const { permission } = JSON.parse(text);
        return JSON.stringify({ permission, seal: createHmac("sha256", "").update(JSON.stringify(permission)).digest("hex") });
      },
    ],
    ["no JSON", () => "{"],
    ["nothing", () => ""],
  ])("with %s allows nothing", async (_what, change) => {
    const file = allowed(write(good("/* changed */")));
    const kept = readFileSync(keptOf(file), "utf8");
    expect(change(kept)).not.toBe(kept);
    writeFileSync(keptOf(file), change(kept));
    expect(await refusal(file)).toMatchObject(NOT_ALLOWED);
  });

  it.skipIf(process.platform === "win32")("whose key others can read allows nothing, and the next answer makes another key", async () => {
    const file = allowed(write(good("/* open key */")));
    const key = path.join(path.dirname(home), "config", "descent", "permissions.key");
    chmodSync(key, 0o644);
    expect(await refusal(file)).toMatchObject(NOT_ALLOWED);
    allowed(file);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    await (await openModule(source(file))).close();
  });
});

describe("a module in an archive never runs", () => {
  const code = good("/* packed */");
  const IN_ARCHIVE = [{ expected: "must not lie in an archive: code in an archive is never run" }];

  it("by a path into it, alone in it, dropped, from the cache, by a link, or allowed as a file before", async () => {
    // The very content is allowed: the archive is what keeps it from running.
    allowed(write(code));
    const packed = scratch.write(
      "packed.zip",
      zip([
        { name: "inner/mod.mjs", content: code },
        { name: "other.txt", content: "x" },
      ]),
    );
    const alone = scratch.write("alone.zip", zip([{ name: "mod.mjs", content: code }]));
    const inner = path.join(packed, "inner", "mod.mjs");
    expect(english((await faultOf(describeSource(source(inner)))).problems)).toMatchObject([{ ...IN_ARCHIVE[0], place: inner }]);
    expect(english((await faultOf(detectSource(alone).then((found) => openDataset(found as SourceConfig)))).problems)).toMatchObject(IN_ARCHIVE);
    const cache = path.join(scratch.folder, "cache", "archives");
    const unpacked = readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("mod.mjs"));
    expect(unpacked).toHaveLength(2);
    for (const name of unpacked) {
      expect(english((await faultOf(openModule(source(path.join(cache, name))))).problems)).toMatchObject(IN_ARCHIVE);
      // Another home's cache is one as well.
      process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache-of-another");
      expect(english((await faultOf(openModule(source(path.join(cache, name))))).problems)).toMatchObject(IN_ARCHIVE);
      process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
    }
    const link = path.join(scratch.folder, "link.mjs");
    symlinkSync(path.join(cache, unpacked[0] ?? ""), link);
    expect(english((await faultOf(openModule(source(link)))).problems)).toMatchObject(IN_ARCHIVE);
    expect(english((await faultOf(examineModule(link))).problems)).toMatchObject(IN_ARCHIVE);
  });
});

describe("the process makes sure before anything of it is loaded", () => {
  const CLOSED = ["--permission", `--allow-fs-read=${scratch.folder}`, `--allow-fs-read=${path.dirname(runnerEntry())}`];

  /** Starts the runner by hand, asks it at once to open what is allowed, and hears what comes of it. */
  async function startedWith(flags: readonly string[]): Promise<{ readonly status: number | null; readonly frames: number; readonly said: string }> {
    const file = write(good('console.log("it ran");'));
    const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
    const child = spawn(process.execPath, [...flags, runnerEntry(), "run"], { stdio: ["pipe", "pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => {});
    child.stdin.end(`${JSON.stringify({ type: "open", url: pathToFileURL(file).href, file, export: null, options: {}, allowed: [hash] })}\n`);
    let frames = 0;
    let said = "";
    child.stdio[3]?.on("data", (chunk: Buffer) => {
      frames += chunk.length;
    });
    for (const output of [child.stdout, child.stderr])
      output.on("data", (chunk) => {
        said += chunk;
      });
    const status = await new Promise<number | null>((ended) => child.once("close", ended));
    return { status, frames, said };
  }

  it.each<readonly [string, readonly string[], string]>([
    ["no permission model", [], "there are no permissions in this process"],
    ["writing", [...CLOSED, "--allow-fs-write=*"], "fs.write is allowed in this process"],
    ["writing somewhere that is the null device", [...CLOSED, "--allow-fs-write=/dev/null"], "writing a file is possible in this process"],
    ["reading all", ["--permission", "--allow-fs-read=*"], "every file can be read in this process"],
    ["reading the system", [...CLOSED, "--allow-fs-read=/proc"], "reading a file elsewhere is possible in this process"],
    ["processes", [...CLOSED, "--allow-child-process"], "child is allowed in this process"],
    ["native addons", [...CLOSED, "--allow-addons"], "addon is allowed in this process"],
    ["WASI", [...CLOSED, "--allow-wasi"], "wasi is allowed in this process"],
    ["the inspector", [...CLOSED, "--allow-inspector"], "inspector is allowed in this process"],
  ])("with %s it ends, and nothing ran", async (_what, flags, words) => {
    const { status, frames, said } = await startedWith(flags);
    expect(said).toContain(words);
    expect(said).not.toContain("it ran");
    expect([status, frames]).toEqual([1, 0]);
  });

  it("with what the host gives it, it goes on", async () => {
    const { frames, said } = await startedWith(CLOSED);
    expect(said).toContain("it ran");
    expect(frames).toBeGreaterThan(0);
  });
});

describe("what runs cannot", () => {
  const victim = path.join(scratch.folder, "victim.txt");
  const database = path.join(scratch.folder, "history.sqlite");
  const socket = path.join(scratch.folder, "socket");

  /** Each attempt as an expression; what became of it, in one process. */
  async function outcomes(attempts: Readonly<Record<string, string>>, options: Record<string, unknown> = {}): Promise<Readonly<Record<string, string>>> {
    const tried = Object.entries(attempts).map(([name, code]) => `await attempt(${JSON.stringify(name)}, async () => { ${code} });`);
    // They are told as names of classes: short, and without control characters.
    const file = allowed(
      write(`import fs from "node:fs"; import net from "node:net"; import os from "node:os"; import Common from "./common.cjs";
        const require = Common.require, Module = Common.Module, told = ["a", "b"];
        async function attempt(name, work) {
          let end;
          try { const value = await work(); end = "POSSIBLE " + String(value).slice(0, 60); }
          catch (error) { end = String(error?.code ?? error?.message).slice(0, 90); }
          told.push((name + " = " + end).replace(/\\p{Cc}/gu, " "));
        }
        ${tried.join("\n")}
        export default class { classes = told; length = 2; get(i) { return { sample: [i], target: "a" }; } }`),
      scratch.write("common.cjs", "module.exports = { require, Module: module.constructor };"),
    );
    const dataset = await openModule(source(file, options));
    const { target } = dataset;
    await dataset.close();
    const names = target.kind === "classification" ? target.classes : [];
    return Object.fromEntries(names.slice(2).map((text) => [text.slice(0, text.indexOf(" = ")), text.slice(text.indexOf(" = ") + 3)]));
  }

  it("write, start, reach out of its process, or load what would", async () => {
    writeFileSync(victim, "whole");
    const history = new DatabaseSync(database);
    history.exec("CREATE TABLE run (id); INSERT INTO run VALUES (1)");
    history.close();
    process.env["SECRET_TOKEN"] = "hush";
    const q = JSON.stringify;
    const found = await outcomes({
      "write a file": `fs.writeFileSync(${q(victim)}, "x")`,
      "append to a file": `fs.appendFileSync(${q(victim)}, "x")`,
      "open to write": `return fs.openSync(${q(victim)}, "r+")`,
      truncate: `fs.truncateSync(${q(victim)}, 0)`,
      remove: `fs.rmSync(${q(victim)})`,
      rename: `fs.renameSync(${q(victim)}, ${q(`${victim}2`)})`,
      "make a folder": `fs.mkdirSync(${q(`${victim}3`)})`,
      link: `fs.linkSync(${q(victim)}, ${q(`${victim}4`)})`,
      "make a symbolic link": `fs.symlinkSync(${q(victim)}, ${q(`${victim}5`)})`,
      "set times by descriptor": `fs.futimesSync(fs.openSync(${q(victim)}, "r"), 1, 1)`,
      "set times by handle": `await (await fs.promises.open(${q(victim)})).utimes(1, 1)`,
      "set a mode by descriptor": `fs.fchmodSync(fs.openSync(${q(victim)}, "r"), 0o777)`,
      "import sqlite": `return await import("node:sqlite")`,
      "require sqlite": `return new (require("node:sqlite").DatabaseSync)(${q(database)}).exec("DELETE FROM run")`,
      "get sqlite": `return process.getBuiltinModule("node:sqlite").DatabaseSync`,
      "load sqlite": `return Module._load("node:sqlite")`,
      ...Object.fromEntries(
        [
          "child_process",
          "worker_threads",
          "cluster",
          "inspector",
          "v8",
          "vm",
          "wasi",
          "module",
          "repl",
          "trace_events",
          "diagnostics_channel",
          "sea",
          "test",
          "domain",
        ].flatMap((name) => [
          [`import ${name}`, `return await import("node:${name}")`],
          [`require ${name}`, `return require("node:${name}")`],
          [`get ${name}`, `return process.getBuiltinModule("node:${name}").constructor`],
        ]),
      ),
      "hook the loader": `return Module.registerHooks({})`,
      "register a loader": `return Module.register("data:text/javascript,")`,
      "keep compiled code": `return Module.enableCompileCache(${q(path.join(scratch.folder, "compiled"))}).status`,
      "put the hooks back": `Object.defineProperty(Module, "registerHooks", { value: 1 })`,
      "put getBuiltinModule back": `Object.defineProperty(process, "getBuiltinModule", { value: 1 })`,
      bind: `return process.binding("spawn_sync")`,
      "bind a linked one": `return process._linkedBinding("x")`,
      "load an addon": `process.dlopen({ exports: {} }, "/tmp/none.node")`,
      "require an addon": `return require("./none.node")`,
      "become another program": `process.execve("/bin/true", ["true"])`,
      "signal the parent": `return process.kill(process.ppid, 0)`,
      "signal the parent's way": `return process._kill(process.ppid, 0)`,
      "open the parent's inspector": `return process._debugProcess(process.ppid)`,
      "slow the parent down": `return os.setPriority(process.ppid, 19)`,
      "write a report": `return process.report.writeReport(${q(path.join(scratch.folder, "report.json"))})`,
      "listen at a file": `return await new Promise((a, b) => net.createServer().on("error", b).listen(${q(socket)}, () => a("listening")))`,
      "bind a pipe": `const P = process.stdin._handle.constructor; return new P(1).bind(${q(socket)})`,
      "connect to a file": `return await new Promise((a, b) => net.connect("/var/run/docker.sock").on("error", b).on("connect", () => a("connected")))`,
      "read the parent's environment": `return fs.readFileSync("/proc/" + process.ppid + "/environ", "latin1").length`,
      "read its own environment": `return fs.readFileSync("/proc/self/environ", "latin1").length`,
      "read elsewhere": `return fs.readFileSync("/etc/passwd", "utf8").length`,
      "read Descent's key": `return fs.readFileSync(${q(path.join(path.dirname(home), "config", "descent", "permissions.key"))}).length`,
      "see a token": `if (process.env.SECRET_TOKEN === undefined) throw new Error("not there"); return 1`,
      "speak on the channel of Node": `if (process.send === undefined && process.channel === undefined) throw new Error("not there"); return 1`,
    });
    expect(Object.keys(found).length).toBeGreaterThan(80);
    expect(Object.entries(found).filter(([, end]) => end.startsWith("POSSIBLE"))).toEqual([]);
    expect(readFileSync(victim, "utf8")).toBe("whole");
    const after = new DatabaseSync(database);
    expect(after.prepare("SELECT count(*) AS n FROM run").get()).toEqual({ n: 1 });
    after.close();
    expect(readdirSync(scratch.folder).filter((name) => /^(?:victim.txt\d|socket|report|compiled)/.test(name))).toEqual([]);
    console.log(`sandbox: ${Object.keys(found).length} ways out were tried, none led out`);
  });

  it("read elsewhere, but what its options name; links into the system are refused before it starts", async () => {
    const elsewhere = path.join(path.dirname(home), "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, "numbers.txt"), "12345");
    const read = { read: `return fs.readFileSync(${JSON.stringify(path.join(elsewhere, "numbers.txt"))}, "utf8")` };
    expect(await outcomes(read)).toEqual({ read: "ERR_ACCESS_DENIED" });
    expect(await outcomes(read, { data: { folder: elsewhere } })).toEqual({ read: "POSSIBLE 12345" });
    // Nobody can name the system.
    expect(await outcomes({ read: `return fs.readFileSync("/proc/self/environ")` }, { folder: "/", other: "/proc" })).toEqual({ read: "ERR_ACCESS_DENIED" });
    const fault = await faultOf(openModule(source(allowed(write(good(`import { readFileSync } from "node:fs"; readFileSync("/etc/hostname");`))))));
    expect(english(fault.problems)).toMatchObject([
      { expected: "must only read files in its folder and paths in data.source.options", received: expect.stringContaining("/etc/hostname") },
    ]);
    if (process.platform === "win32") return;
    symlinkSync("/proc", path.join(elsewhere, "harmless-looking"));
    expect(english((await faultOf(openModule(source(allowed(write(good())), { elsewhere })))).problems)).toMatchObject([
      { expected: "must not be in a folder with links into the system", received: expect.stringContaining("/proc") },
    ]);
  });
});
