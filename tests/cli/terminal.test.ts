/** What comes from files, names and arguments never reaches a terminal raw, by whichever command. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { Output } from "../../src/main/hosts/cli/output.ts";
import { pairLines, tableLines } from "../../src/main/hosts/cli/table.ts";
import { jsonLines, repository, temporaryFolder } from "./descent.ts";

const MAIN = new URL("../../src/main/hosts/cli/main.ts", import.meta.url).href;

/** Clears the screen, sets a title, colours by a C1 control, turns the direction, forges a line, ends in a half of a pair. */
const HOSTILE = "a\u001b[2J\u001b]0;owned\u0007\u009b31m\u202eb\u2066\u200b\rc\u2028d\u007f";

/** Whatever a terminal obeys, but the end of a line. */
function obeyed(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  return text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu) ?? [];
}

class Kept extends Writable {
  text = "";
  readonly isTTY: boolean;
  readonly columns = 300;
  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }
  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

test.each([true, false])("everything a command can print with is safe (a terminal: %s)", async (isTTY) => {
  const [stdout, stderr] = [new Kept(isTTY), new Kept(isTTY)];
  const streams = { stdout: stdout as Writable as NodeJS.WriteStream, stderr: stderr as Writable as NodeJS.WriteStream };
  const output = new Output({ json: false, ...streams });
  const name = `${HOSTILE}\nforged`;
  await output.status(name);
  await output.line(name);
  output.note(name);
  output.passing(name);
  output.passing("");
  await output.status("");
  const cleared = (text: string) => text.replaceAll("\r\u001b[2K", "");
  expect(obeyed(cleared(stdout.text))).toEqual([]);
  expect(obeyed(cleared(stderr.text))).toEqual([]);
  expect(`${stdout.text}${stderr.text}`).not.toMatch(/^forged/m);

  stdout.text = "";
  await output.object({ [name]: name });
  await output.objects([{ name }, { name }]);
  expect(obeyed(stdout.text)).toEqual([]);
  expect(jsonLines(stdout.text)).toEqual([{ [name]: name }, { name }, { name }]);

  stdout.text = "";
  await output.write(`${HOSTILE}\n`);
  if (isTTY) expect(obeyed(stdout.text)).toEqual([]);
  else expect(stdout.text).toBe(`${HOSTILE}\n`);
});

test("columns are as wide as what is shown", () => {
  const lines = tableLines(
    [{ name: "a\u001b[2Jb" }, { name: "longer than that" }],
    [
      { title: "name", cell: ({ name }) => name },
      { title: "x", cell: () => "1" },
    ],
  );
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(
    pairLines([
      ["a\nb", "1"],
      ["c", "2"],
    ]),
  ).toEqual(["a\\nb  1", "c     2"]);
});

test("no command writes past the one place", () => {
  const folder = path.join(repository, "src/main");
  // These make it visible, and the last one says nothing foreign.
  const allowed = ["data/code/logTail.ts", "data/notice.ts", "hosts/cli/main.ts", "hosts/cli/output.ts", "hosts/electron/main.ts", "hosts/cli/allowCode.ts"];
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && /\b(?:process\.std(?:out|err)|console\.\w+\()/.test(readFileSync(path.join(folder, file), "utf8")))
    .map((file) => file.split(path.sep).join("/"));
  expect(found.filter((file) => !allowed.includes(file)).sort()).toEqual([]);
});

test("every command says hostile names without obeying them", async () => {
  const home = temporaryFolder();
  const folder = path.join(temporaryFolder(), `f${HOSTILE}`);
  mkdirSync(folder);
  const file = path.join(folder, `t${HOSTILE}.csv`);
  const header = [`w${HOSTILE}`, "height", `kind${HOSTILE}`].map((name) => `"${name}"`).join(",");
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 3) % 5},"${i % 2 === 0 ? "cat" : "dog"}${HOSTILE}"`);
  writeFileSync(file, [header, ...rows].join("\n"));
  const wide = path.join(folder, `wide${HOSTILE}.csv`);
  writeFileSync(wide, [header, ...rows, "1,2,3,4,5,6"].join("\n"));
  const recipe = path.join(folder, `r${HOSTILE}.json`);
  writeFileSync(
    recipe,
    JSON.stringify({
      name: `run${HOSTILE}`,
      data: { source: { type: "csv", path: file, target: `kind${HOSTILE}` } },
      model: { layers: [{ type: "dense", units: 2 }] },
      loss: { type: "softmaxCrossEntropy" },
      optimizer: { type: "sgd", lr: 0.01 },
      batch: { size: 8 },
      budget: { epochs: 1 },
    }),
  );
  const broken = path.join(folder, "broken.json");
  writeFileSync(broken, `{"name": "${HOSTILE}`);
  const commands = [
    ["train", recipe],
    ["runs"],
    ["show", "last"],
    ["metrics", "last"],
    ["evaluate", "last"],
    ["data", "inspect", file],
    ["data", "inspect", wide],
    ["data", "suspects", "last"],
    ["data", "problems", file, "--csv", path.join(folder, "problems.csv")],
    ["reproduce", "last", "--out", path.join(folder, "out")],
    ["train", recipe, "--set", `optimizer.${HOSTILE}=1`],
    ["train", broken],
    ["train", path.join(folder, "none.json")],
    ["train", HOSTILE],
    ["lr-find", HOSTILE],
    ["resume", HOSTILE],
    [HOSTILE],
    ["runs", `--${HOSTILE}`],
    ["serve", "--no-open", "--port", HOSTILE],
  ];
  // One process for all: each command is the whole of what the launcher calls.
  const code = `
    import { run } from ${JSON.stringify(MAIN)};
    for (const [index, argv] of JSON.parse(process.env.COMMANDS).entries())
      for (const more of [[], ["--json", "--log-level", "info"]]) {
        // What starts a trainer would say the same again and take its time.
        const status = [0, 4, 7, 9].includes(index) && more.length > 0 ? 0 : await run([...argv, "--home", process.env.HOSTILE_HOME, ...more]);
        for (const stream of [process.stdout, process.stderr]) stream.write("\\n#" + index + " " + status + "\\n");
      }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, COMMANDS: JSON.stringify(commands), HOSTILE_HOME: home },
  });
  const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map(async (stream) => Buffer.concat(await stream.toArray()).toString()));
  const parts = (text = "") => text.split(/^#\d+ (\d+)$/m);
  const [out, err] = [parts(stdout), parts(stderr)];
  commands.forEach((argv, index) => {
    const [plain, json, plainErr, jsonErr] = [out[4 * index], out[4 * index + 2], err[4 * index], err[4 * index + 2]].map((text) => text ?? "nothing");
    const what = `${argv.join(" ")}: ${plain}${plainErr}`;
    for (const text of [plain, json, plainErr, jsonErr]) expect(obeyed(text ?? ""), what).toEqual([]);
    for (const line of (json ?? "").split("\n").filter((text) => text !== "")) expect(() => JSON.parse(line), what).not.toThrow();
    // Names are said, so that this test sees something.
    if (!["metrics", "evaluate"].includes(argv[0] ?? "")) expect(`${plain}${plainErr}`, what).toContain("\\u001b[2J");
    expect(out[4 * index + 1], what).toMatch(index < 10 && index !== 6 ? /^0$/ : /^2$/);
  });
}, 240_000);

test.skipIf(!existsSync("/usr/bin/script"))(
  "a terminal shows the progress of a run with a hostile name, and is sent nothing but what clears a line",
  async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, "launch.mjs"), `import { run } from ${JSON.stringify(MAIN)}; process.exitCode = await run(JSON.parse(process.env.ARGV));`);
    const text = execFileSync("/usr/bin/script", ["-qec", `'${process.execPath}' '${path.join(home, "launch.mjs")}'`, "/dev/null"], {
      encoding: "utf8",
      env: {
        ...process.env,
        ARGV: JSON.stringify(["train", "iris-mlp", "--home", home, "--set", `name=${HOSTILE}`, "--set", "budget.epochs=2"]),
        TERM: "xterm",
      },
    });
    expect(text).toContain("\\u001b[2J");
    expect(text).toContain("Completed");
    expect(obeyed(text.replaceAll("\r\u001b[2K", "").replaceAll("\r\n", "\n"))).toEqual([]);
  },
);
