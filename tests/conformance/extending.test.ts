/** docs/extending.md is true of today's sources: the files and scripts that it names are there, and its examples import what there is. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { RECIPE_FORMAT } from "../../src/shared/recipe/migrations/migrations.ts";

const root = path.resolve(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/extending.md"), "utf8");
/** Each example file, its path in its first line. */
const examples = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", text = ""]) => ({ file, text }));

it("has an example of an optimizer, a layer, an augmentation and a format with its reader, none of which there is yet", () => {
  expect(examples.map(({ file }) => path.dirname(file))).toEqual([
    "src/shared/catalog/optimizers",
    "src/shared/catalog/layers",
    "src/shared/catalog/augmentations",
    "src/shared/recipe/formats",
    "src/main/data/readers",
  ]);
  for (const { file } of examples) expect(existsSync(path.join(root, file)), file).toBe(false);
});

it("names files, folders and scripts that are there", () => {
  const own = new Set(examples.map(({ file }) => file));
  const named = [...page.matchAll(/(?:src|tests|docs)\/[\w./-]*\w/g)].map(([found]) => found);
  expect(named.length).toBeGreaterThan(30);
  // What the examples make, and what stands for any name.
  const made = (file: string) =>
    own.has(file) ||
    /[-/]NAME\b/.test(file) ||
    file.endsWith(`/${RECIPE_FORMAT}to${RECIPE_FORMAT + 1}.ts`) ||
    /golden\/torch\/optimizers\/qhm\.json$/.test(file);
  expect(named.filter((file) => !made(file) && !existsSync(path.join(root, file)))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const [, script = ""] of page.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
});

it.each(examples)("$file imports what there is", ({ file, text }) => {
  const imports = [...text.matchAll(/import (?:type )?\{([^}]*)\} from "(\.[^"]+)";/g)];
  expect(imports.length).toBeGreaterThan(1);
  for (const [, names = "", from = ""] of imports) {
    const target = path.join(path.dirname(file), from);
    if (examples.some((each) => each.file === target)) continue;
    const source = readFileSync(path.join(root, target), "utf8");
    for (const name of names.split(",").map((each) => each.trim().replace(/^type /, "")))
      expect(source, `${name} of ${target}`).toMatch(new RegExp(`export (?:async )?(?:const|function|class|interface|type) ${name}\\b`));
  }
});
