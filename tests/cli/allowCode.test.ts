/** Code on the command line: asked about on a terminal, allowed by --allow-code, refused elsewhere; listed and taken back. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { moduleOf } from "./badInputs.ts";
import { descent, jsonLines, repository, temporaryFolder } from "./descent.ts";

/** A home, a key and a recipe on a module of one's own. */
function stage() {
  const folder = temporaryFolder();
  const module = path.join(folder, "mine.mjs");
  writeFileSync(module, moduleOf(""));
  const recipe = path.join(folder, "recipe.json");
  const value = {
    name: "small",
    data: { source: { type: "module", path: module, timeout: 60 } },
    model: { layers: [{ type: "dense", units: 2 }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "adam" },
    batch: { size: 8 },
    budget: { epochs: 1 },
  };
  writeFileSync(recipe, JSON.stringify(value));
  const home = path.join(folder, "home");
  const env = { XDG_CONFIG_HOME: path.join(folder, "config"), APPDATA: path.join(folder, "config") };
  const run = (...argv: readonly string[]) => descent([...argv, "--home", home], { env });
  return { folder, home, env, module, recipe, run };
}

test("without a terminal it is refused in words that name the option; with it, it trains, is evaluated, and is listed until it is taken back", async () => {
  const { module, recipe, run } = stage();
  for (const argv of [
    ["train", recipe],
    ["data", "inspect", module],
    ["lr-find", recipe],
  ]) {
    const refused = await run(...argv);
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("mine.mjs: must be allowed before its code runs; received code that was not allowed");
    expect(refused.stderr).toContain("--allow-code");
    expect(refused.stderr).not.toContain("[y/N]");
  }
  expect((await run("runs")).stdout).toContain("No runs yet");
  const json = await run("train", recipe, "--json");
  expect(jsonLines(json.stdout)).toMatchObject([{ type: "error", problems: [{ place: module, allow: module }] }]);

  const trained = await run("train", recipe, "--json", "--allow-code");
  expect(trained.status, trained.stderr).toBe(0);
  const id = String(jsonLines(trained.stdout).at(-1)?.run);
  expect((await run("evaluate", id)).status).toBe(0);
  const [allowed, ...others] = jsonLines((await run("code", "--json")).stdout);
  expect([allowed, others]).toMatchObject([{ path: module, imports: [] }, []]);
  const { stdout: listed } = await run("code");
  expect(listed).toContain(module);
  expect((await run("code", "forget", "ffff")).status).toBe(2);
  expect((await run("code", "forget", String(allowed?.["sha256"]).slice(0, 8))).stdout).toBe("1 permission revoked.\n");
  // Every door is closed again, the stored run's too.
  for (const argv of [
    ["evaluate", id],
    ["resume", id],
    ["reproduce", id, "--out", `${module}.out`],
  ]) {
    const refused = await run(...argv);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain("must be allowed before its code runs");
  }
}, 600_000);

const PTY = `
import os, pty, sys, select, time
answer, argv = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0: os.execv(argv[0], argv)
seen, asked = b"", False
while True:
    try: part = os.read(fd, 65536)
    except OSError: break
    if not part: break
    seen += part
    if not asked and b"[y/N]" in seen:
        asked = True
        os.write(fd, answer.encode().decode("unicode_escape").encode())
sys.stdout.write(seen.decode("utf8", "replace"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;
const hasPty = process.platform !== "win32" && spawnSync("python3", ["-c", "import pty"]).status === 0;

test.skipIf(!hasPty)(
  "on a terminal it is shown what it may do and asked; no is no, yes is yes, --json never asks",
  () => {
    const { home, env, module, recipe } = stage();
    const main = path.join(repository, "src", "main", "hosts", "cli", "main.ts");
    const launch = `import(${JSON.stringify(main)}).then(async ({ run }) => { process.exitCode = await run(process.argv.slice(1)); });`;
    const answering = (answer: string, ...argv: readonly string[]) => {
      const command = [process.execPath, "--disable-warning=ExperimentalWarning", "-e", launch, "--", ...argv, "--home", home];
      const { status, stdout } = spawnSync("python3", ["-c", PTY, answer, ...command], { cwd: repository, env: { ...process.env, ...env }, encoding: "utf8" });
      return { status, text: stdout };
    };
    const refused = answering("n\\n", "train", recipe);
    for (const words of [module, "SHA-256", "bytes", "read", "network", "cannot write files", "Allow it to run? [y/N]", "must be allowed before its code runs"])
      expect(refused.text).toContain(words);
    expect(refused.status).toBe(2);
    // Ctrl-C is no as well.
    expect(answering("\\x03", "train", recipe)).toMatchObject({ status: 2, text: expect.stringContaining("must be allowed") });
    expect(answering("y\\n", "train", recipe, "--json")).toMatchObject({ status: 2, text: expect.not.stringContaining("[y/N]") });
    const allowed = answering("y\\n", "train", recipe);
    expect(allowed.text).toContain("Completed");
    expect(allowed.status).toBe(0);
    // It is asked once.
    expect(answering("n\\n", "data", "inspect", module)).toMatchObject({ status: 0, text: expect.not.stringContaining("[y/N]") });
  },
  240_000,
);
