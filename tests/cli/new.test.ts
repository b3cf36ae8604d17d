/** `descent new`: a first recipe for data of one's own. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { RECIPE_FORMAT } from "../../src/shared/recipe/migrations/migrations.ts";
import { requireRecipe } from "../../src/shared/recipe/validate.ts";
import { jsonLines, temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

function flowers(header = "length,width,kind\n"): { readonly folder: string; readonly csv: string; readonly home: string } {
  const folder = temporaryFolder();
  const csv = path.join(folder, "flowers.csv");
  const rows = Array.from({ length: 60 }, (_, i) => `${(i % 7) + 0.5},${((i * 5) % 11) + 0.25},${i % 2 === 0 ? "rose" : "lily"}`);
  writeFileSync(csv, `${header}${rows.join("\n")}\n`);
  return { folder, csv, home: path.join(folder, "home") };
}

test("writes a recipe that trains, says what was guessed with what changes it, and names the next command", async () => {
  // Whether the first line is a header is judged, and said.
  const { folder, csv, home } = flowers("");
  const out = path.join(folder, "flowers.json");
  const made = await descentHere(["new", csv, "--out", out, "--home", home]);
  expect([made.status, made.stderr]).toEqual([0, ""]);
  expect(made.stdout).toContain("--set header=true");
  expect(made.stdout).toMatch(/^Wrote .*flowers\.json: .+$/m);
  expect(made.stdout.trimEnd().split("\n").at(-1)).toBe(`Next: descent train ${out} --home ${home}`);
  const recipe = requireRecipe(JSON.parse(readFileSync(out, "utf8")));
  expect(recipe).toMatchObject({
    format: RECIPE_FORMAT,
    name: "flowers-mlp",
    data: { source: { type: "csv", path: csv, target: "column 3" } },
    metrics: ["accuracy"],
  });
  const trained = await descentHere(["train", out, "--set", "budget.epochs=1", "--json", "--home", home]);
  expect([trained.status, jsonLines(trained.stdout).at(-1)?.["status"]]).toEqual([0, "completed"]);
});

test("reads the data as it is told, and writes to standard output where no file is named", async () => {
  const { csv, home } = flowers();
  const { status, stdout, stderr } = await descentHere(["new", csv, "--target", "width", "--task", "regression", "--home", home]);
  expect(status, stderr).toBe(0);
  expect(requireRecipe(JSON.parse(stdout))).toMatchObject({ data: { source: { target: "width", task: "regression" } }, metrics: ["r2", "meanAbsoluteError"] });
  expect(stderr).toContain(`Next: descent train FILE --home ${home}`);
  const [line, ...more] = jsonLines((await descentHere(["new", "iris", "--json", "--home", home])).stdout);
  expect(more).toEqual([]);
  expect(requireRecipe(line).data.source).toEqual({ type: "shipped", name: "iris" });
});

test("never writes over a file unless it is forced, and leaves nothing behind where the data cannot be read", async () => {
  const { folder, csv, home } = flowers();
  const out = path.join(folder, "mine.json");
  writeFileSync(out, "precious");
  const refused = await descentHere(["new", csv, "--out", out, "--home", home]);
  expect(refused).toMatchObject({ stdout: "", stderr: expect.stringContaining("--force") });
  expect(refused.status).not.toBe(0);
  expect(readFileSync(out, "utf8")).toBe("precious");
  expect((await descentHere(["new", csv, "--out", out, "--force", "--home", home])).status).toBe(0);
  expect(requireRecipe(JSON.parse(readFileSync(out, "utf8"))).name).toBe("flowers-mlp");
  const nowhere = path.join(folder, "none.json");
  expect((await descentHere(["new", path.join(folder, "missing.csv"), "--out", nowhere, "--home", home])).status).toBe(2);
  expect(existsSync(nowhere)).toBe(false);
});
