/** Everything a person can get wrong on the command line: the words, exit status 2, and no run left behind. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { presetRecipes } from "../../src/shared/recipe/presetRecipes.ts";
import { starterFile } from "../recipe/starters.ts";
import { descent, jsonLines, repository, type SpawnOptions, start, temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

/** Runs a command that must be refused, twice: for people and with --json. */
async function refused(argv: readonly string[], options: SpawnOptions | null = null) {
  const command = options === null ? descentHere : (given: readonly string[]) => descent(given, options);
  const [plain, json] = await Promise.all([command(argv), command([...argv, "--json"])]);
  expect(plain.stdout).toBe("");
  expect(json.status).toBe(plain.status);
  const [line, ...more] = jsonLines(json.stdout);
  expect(more).toEqual([]);
  expect(line).toMatchObject({ type: "error", problems: expect.any(Array) });
  expect(plain.stderr).not.toMatch(/^\s+at /m);
  return { status: plain.status, stderr: plain.stderr.trimEnd(), problems: line?.problems };
}

async function runsIn(home: string): Promise<number> {
  const { status, stdout } = await descentHere(["runs", "--home", home, "--json"]);
  expect(status).toBe(0);
  return jsonLines(stdout).length;
}

function writeRecipe(folder: string, change: (recipe: Record<string, unknown>) => void): string {
  const { recipe } = starterFile("iris-mlp");
  change(recipe);
  const file = path.join(folder, "mine.json");
  writeFileSync(file, JSON.stringify(recipe, null, 2));
  return file;
}

describe("help", () => {
  test("lists every command and ends with 0", async () => {
    const { status, stdout, stderr } = await descent(["--help"]);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    for (const command of ["train", "resume", "runs", "show", "metrics", "evaluate", "recipes", "datasets", "new", "serve"])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test("of a command names its options and those of all", async () => {
    const { status, stdout } = await descentHere(["train", "--help"]);
    expect(status).toBe(0);
    for (const option of ["--set <path=value>", "--checkpoint-every <steps>", "--home <folder>", "--json"]) expect(stdout).toContain(option);
  });
});

describe("bad usage ends with 2", () => {
  test.each([
    [["trian"], "error: unknown command 'trian'\n(Did you mean train?)"],
    [["train"], "error: missing required argument 'recipe'"],
    [["runs", "--hom", "x"], "error: unknown option '--hom'\n(Did you mean --home?)"],
    [["--hom", "x"], "error: unknown option '--hom'\n(Did you mean --home?)"],
    [["show"], "error: missing required argument 'run'"],
    [["runs", "extra"], "error: too many arguments for 'runs'. Expected 0 arguments but got 1: extra."],
    [["serve", "--port", "70000"], "error: option '--port <number>' argument '70000' is invalid. It must be a whole number from 0 to 65535."],
    [
      ["train", "iris-mlp", "--checkpoint-every", "0"],
      "error: option '--checkpoint-every <steps>' argument '0' is invalid. It must be a whole number from 1 to 9007199254740991.",
    ],
    [["evaluate", "x", "--split", "tset"], "error: option '--split <part>' argument 'tset' is invalid. Allowed choices are train, validation, test."],
    [
      ["runs", "--log-level", "loud"],
      '--log-level: must be one of trace, debug, info, warn, error, fatal, silent; received "loud". Choose one of these, or leave it out for warn.',
    ],
  ])("descent %j", async (argv, message) => {
    const { status, stderr } = await refused(argv);
    expect(stderr).toBe(message);
    expect(status).toBe(2);
  });

  test("a level of the log in the environment", async () => {
    const { status, stderr } = await refused(["runs"], { env: { DESCENT_LOG: "loud" } });
    expect(stderr).toMatch(/^DESCENT_LOG: must be one of trace, .*; received "loud"\./);
    expect(status).toBe(2);
  });
});

describe("a recipe that cannot be trained ends with 2 and leaves no run", () => {
  test("an unknown starter", async () => {
    const home = temporaryFolder();
    const { status, stderr } = await refused(["train", "iris-mpl", "--home", home]);
    expect(stderr).toBe(
      `RECIPE: must be a recipe file (ending in .json) or one of the recipes digits-cnn, fashion-2c2d, fashion-cnn, iris-mlp, ${presetRecipes()
        .map(({ name }) => name)
        .join(", ")}; received "iris-mpl". Did you mean "iris-mlp"?`,
    );
    expect(status).toBe(2);
    expect(await runsIn(home)).toBe(0);
  });

  test("a file that is not there, a folder, and text that is not UTF-8", async () => {
    const folder = temporaryFolder();
    const missing = await refused(["train", path.join(folder, "none.json"), "--home", path.join(folder, "home")]);
    expect(missing.stderr).toBe(
      `${path.join(folder, "none.json")}: must be a recipe file that exists; received nothing. Check the path; \`descent recipes\` lists the starters that need no file.`,
    );
    expect(missing.status).toBe(2);
    mkdirSync(path.join(folder, "a.json"));
    const directory = await refused(["train", path.join(folder, "a.json"), "--home", path.join(folder, "home")]);
    expect(directory.stderr).toBe(`${path.join(folder, "a.json")}: must be a file; received a folder. Name a recipe file inside it.`);
    expect(directory.status).toBe(2);
    writeFileSync(path.join(folder, "b.json"), Buffer.from([0x7b, 0xff, 0x7d]));
    const bytes = await refused(["train", path.join(folder, "b.json"), "--home", path.join(folder, "home")]);
    expect(bytes.stderr).toBe(`${path.join(folder, "b.json")}: must be UTF-8 text; received bytes that are not. Save the file as UTF-8.`);
    expect(bytes.status).toBe(2);
  });

  test("a file that is no JSON, with line and column", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "broken.json");
    writeFileSync(file, '{\n  "name": "x",\n  "seed": 1,\n}\n');
    const { status, stderr } = await refused(["train", file, "--home", path.join(folder, "home")]);
    expect(stderr).toBe(`${file}:4:1: must be JSON; received "}". Correct the file there: commas, quotes and brackets are the usual causes.`);
    expect(status).toBe(2);
    writeFileSync(file, '{"name": "x"');
    expect((await refused(["train", file, "--home", path.join(folder, "home")])).stderr).toMatch(
      /broken\.json:1:13: must be JSON; received the end of the file\./,
    );
  });

  test.each([
    ["optimizer.lr=-1", "optimizer.lr: must be a number greater than 0 and at most 1000; received -1. Correct it, or leave it out for the default, 0.001."],
    [
      "optimizer.lr=fast",
      'optimizer.lr: must be a number greater than 0 and at most 1000; received "fast". Correct it, or leave it out for the default, 0.001.',
    ],
    ["optimizer.rate=1", 'optimizer.rate: is not a field; the fields here are type, lr, beta1, beta2, epsilon; received "rate". Choose one of these.'],
    [
      "nonsense",
      '--set: must be a field\'s path, "=" and a value; received "nonsense". Write it like --set optimizer.lr=0.01 or --set model.layers[0].filters=16.',
    ],
    ["model.layers[4].units=4", "model.layers[4]: the last layer must give [3], one number a class of iris; received [4]. End with a dense layer of 3 units."],
    [
      "loss.type=meanSquaredError",
      'loss.type: must suit the target, which is a classification; received "meanSquaredError". Use "softmaxCrossEntropy", "binaryCrossEntropy", "focal" or "hinge".',
    ],
    ["data.source.name=irsi", /^data\.source\.name: must be one of the data sets .*; received "irsi"\. Did you mean "iris"\?$/],
    ["batch.size=1000", /^batch\.size: must be at most \d+, the number of training samples after the split; received 1000\. Make the batch smaller\.$/],
  ])("--set %s", async (assignment, message) => {
    const home = temporaryFolder();
    const { status, stderr, problems } = await refused(["train", "iris-mlp", "--set", assignment, "--home", home]);
    expect(stderr).toMatch(message);
    expect(problems).toHaveLength(1);
    expect(status).toBe(2);
    expect(await runsIn(home)).toBe(0);
  });

  test("every problem of a file is told, one a line", async () => {
    const folder = temporaryFolder();
    const file = writeRecipe(folder, (recipe) => {
      recipe.optimzer = recipe.optimizer;
      delete recipe.optimizer;
      recipe.seed = "7";
    });
    const { status, stderr, problems } = await refused(["train", file, "--home", path.join(folder, "home")]);
    expect(stderr.split("\n").map((line) => line.slice(0, line.indexOf(":")))).toEqual(["seed", "optimizer", "optimzer"]);
    expect(problems).toHaveLength(3);
    expect(status).toBe(2);
    expect(await runsIn(path.join(folder, "home"))).toBe(0);
  });

  test("a data file is looked for beside the recipe, and one of --set in the working folder", async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, "recipes"));
    mkdirSync(path.join(folder, "work"));
    const file = writeRecipe(path.join(folder, "recipes"), (recipe) => {
      recipe.data = { source: { type: "csv", path: "flowers.csv", target: "species" } };
    });
    const options = { cwd: path.join(folder, "work") };
    const beside = await refused(["train", file, "--home", path.join(folder, "home")], options);
    expect(beside.stderr).toContain(path.join(folder, "recipes", "flowers.csv"));
    expect(beside.status).toBe(2);
    const named = await refused(["train", file, "--set", "data.source.path=other.csv", "--home", path.join(folder, "home")], options);
    expect(named.stderr).toContain(path.join(folder, "work", "other.csv"));
    expect(named.status).toBe(2);
    expect(await runsIn(path.join(folder, "home"))).toBe(0);
  });

  test("a CSV with a row of another length names file and row", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "data.csv"), "a,b,label\n1,2,x\n3,four\n5,6,x\n");
    const file = writeRecipe(folder, (recipe) => {
      recipe.data = { source: { type: "csv", path: "data.csv", target: "label" } };
    });
    const { status, stderr } = await refused(["train", file, "--home", path.join(folder, "home")]);
    expect(stderr).toMatch(/data\.csv:3/);
    expect(stderr).toContain("must have 3 columns, as in the header row; received 2 columns");
    expect(status).toBe(2);
    expect(await runsIn(path.join(folder, "home"))).toBe(0);
  });
});

describe("runs and homes", () => {
  test.each([["show"], ["metrics"], ["evaluate"], ["resume"]])("%s of a run that is not there", async (command) => {
    const { status, stderr } = await refused([command, "nosuchrun", "--home", temporaryFolder()]);
    expect(stderr).toMatch(/received "nosuchrun"/);
    expect(status).toBe(2);
  });

  test("last in an empty home", async () => {
    const { status, stderr } = await refused(["show", "last", "--home", temporaryFolder()]);
    expect(stderr).toBe("run: must be a run of this home; received last, in a home without runs. Start one with `descent train digits-cnn`.");
    expect(status).toBe(2);
  });

  test("a home that is a file fails with 1 and says where", async () => {
    const file = path.join(temporaryFolder(), "home");
    writeFileSync(file, "");
    const { status, stderr } = await refused(["runs", "--home", file]);
    expect(stderr).toContain(file);
    expect(status).toBe(1);
  });
});

describe("listings", () => {
  test("recipes and data sets as JSON lines", async () => {
    const home = temporaryFolder();
    const recipes = jsonLines((await descentHere(["recipes", "--json", "--home", home])).stdout);
    expect(recipes.map(({ name }) => name)).toEqual(["digits-cnn", "fashion-2c2d", "fashion-cnn", "iris-mlp", ...presetRecipes().map(({ name }) => name)]);
    for (const { name, recipe } of recipes) expect(recipe).toMatchObject({ name, format: 2 });
    const datasets = jsonLines((await descentHere(["datasets", "--json", "--home", home])).stdout);
    expect(datasets.map(({ name }) => name)).toEqual(["breast-cancer", "diabetes", "digits", "fashion-mnist", "iris", "wine"]);
  });

  test("tables for people", async () => {
    const home = temporaryFolder();
    const [recipes, datasets, runs] = await Promise.all(["recipes", "datasets", "runs"].map((command) => descentHere([command, "--home", home])));
    expect(recipes?.stdout).toMatch(/^NAME +TITLE +EPOCHS +SUMMARY\ndigits-cnn +/);
    expect(datasets?.stdout).toMatch(/^fashion-mnist +70,000 +1×28×28 +10 classes +MIT +/m);
    expect(runs?.stdout).toBe("No runs yet. Start one with: descent train digits-cnn\n");
  });

  test("the home can come from the environment, and options may stand before the command", async () => {
    const folder = temporaryFolder();
    expect((await descent(["runs"], { env: { DESCENT_HOME: path.join(folder, "a") } })).status).toBe(0);
    expect(existsSync(path.join(folder, "a", "history.sqlite"))).toBe(true);
    expect((await descent(["--home", path.join(folder, "b"), "--json", "runs"])).stdout).toBe("");
    expect(existsSync(path.join(folder, "b", "history.sqlite"))).toBe(true);
  });
});

describe("serve", () => {
  test("prints the address as its first words, and ends with 0 on SIGINT; without a built window it says what to do", async () => {
    const running = start(["serve", "--no-open", "--json", "--home", temporaryFolder()]);
    const built = existsSync(path.join(repository, "out", "renderer", "index.html"));
    if (!built) {
      const { status, stdout } = await running.finished;
      expect(jsonLines(stdout)).toMatchObject([{ type: "error", problems: [{ remedy: "Build it with npm run build." }] }]);
      expect(status).toBe(1);
      return;
    }
    await running.seen(/\n/);
    running.child.kill("SIGINT");
    const { status, stdout } = await running.finished;
    expect(jsonLines(stdout)).toMatchObject([{ type: "serving", url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//), port: expect.any(Number) }]);
    expect(status).toBe(0);
  });
});
