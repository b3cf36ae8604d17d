/** The layering rules of .dependency-cruiser.cjs: that they read the sources at all, and that every one of them bites. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const configuration = createRequire(import.meta.url)("../.dependency-cruiser.cjs");

async function violations(baseDir: string): Promise<ICruiseResult["summary"]> {
  const { options, ...ruleSet } = configuration;
  const asked: ICruiseOptions = { ...options, ruleSet, validate: true, baseDir };
  const { output } = await cruise(["src", "bench", "scripts", "tests"], asked, options.enhancedResolveOptions, {
    tsConfig: extractTsConfig(path.join(root, "tsconfig.json")),
  });
  if (typeof output === "string") throw new Error("expected a result, not a report");
  return output.summary;
}

/** For every rule one import that it forbids, as [importing file, what it imports]. */
const PLANTED: Readonly<Record<string, readonly [string, string]>> = {
  "kit-is-lowest": ["src/shared/kit/bad.ts", "../graph/good.ts"],
  "math-is-lowest": ["src/shared/math/bad.ts", "../graph/good.ts"],
  "text-is-low": ["src/shared/text/bad.ts", "../catalog/good.ts"],
  "graph-below-catalog": ["src/shared/graph/bad.ts", "../catalog/good.ts"],
  "catalog-below-recipe": ["src/shared/catalog/bad.ts", "../recipe/good.ts"],
  "recipe-below-tuning": ["src/shared/recipe/bad.ts", "../tuning/good.ts"],
  "tuning-below-contract": ["src/shared/tuning/bad.ts", "../contract/good.ts"],
  "shared-below-hosts": ["src/shared/contract/bad.ts", "../../main/good.ts"],
  "shared-is-pure": ["src/shared/kit/bad2.ts", "react"],
  "shared-without-node": ["src/shared/kit/bad3.ts", "node:fs"],
  "catalog-entries-apart": ["src/shared/catalog/optimizers/bad.ts", "../layers/dense.ts"],
  "catalog-common-lowest": ["src/shared/catalog/common/bad.ts", "../layers/dense.ts"],
  "oracles-stand-alone": ["src/shared/catalog/augmentations/plain/bad.ts", "../../../graph/good.ts"],
  "storage-is-lowest": ["src/main/storage/bad.ts", "../history/good.ts"],
  "engine-below-training": ["src/main/engine/bad.ts", "../training/good.ts"],
  "data-below-training": ["src/main/data/bad.ts", "../history/good.ts"],
  "code-starts-in-one-place": ["src/main/training/bad2.ts", "../data/code/sandbox.ts"],
  "history-below-training": ["src/main/history/bad.ts", "../training/good.ts"],
  "training-below-studio": ["src/main/training/bad.ts", "../studio.ts"],
  "tuning-below-studio": ["src/main/tuning/bad.ts", "../studio.ts"],
  "studio-below-hosts": ["src/main/studio/bad.ts", "../hosts/web/good.ts"],
  "runtime-through-one-door": ["tests/bad.ts", "onnxruntime-node"],
  "hosts-apart-electron": ["src/main/hosts/cli/bad.ts", "../electron/good.ts"],
  "renderer-without-main": ["src/renderer/bad.tsx", "../main/good.ts"],
  "main-without-renderer": ["src/main/bad.ts", "../renderer/good.tsx"],
  "features-apart": ["src/renderer/forms/bad.ts", "../features/runs/good.ts"],
  "electron-in-its-host-only": ["src/main/hosts/web/bad.ts", "electron"],
  "renderer-without-node": ["src/renderer/bad2.ts", "node:path"],
  "no-unresolvable": ["src/main/bad2.ts", "./nowhere.ts"],
  "no-circular": ["src/main/circleA.ts", "./circleB.ts"],
};

/** What the planted imports lead to. */
const TARGETS = [
  ...["graph", "catalog", "recipe", "tuning", "contract"].map((layer) => `src/shared/${layer}/good.ts`),
  "src/shared/catalog/layers/dense.ts",
  ...["training", "history", "hosts/web", "hosts/electron"].map((layer) => `src/main/${layer}/good.ts`),
  "src/main/data/code/sandbox.ts",
  "src/main/good.ts",
  "src/main/studio.ts",
  "src/renderer/good.tsx",
  "src/renderer/features/runs/good.ts",
];

let planted: string;

beforeAll(() => {
  planted = mkdtempSync(path.join(os.tmpdir(), "descent-layering-"));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(planted, file)), { recursive: true });
    writeFileSync(path.join(planted, file), text);
  };
  for (const file of TARGETS) write(file, "export const good = 1;\n");
  for (const [file, target] of Object.values(PLANTED)) write(file, `import * as used from "${target}";\nexport const bad = used;\n`);
  for (const folder of ["bench", "scripts"]) write(`${folder}/good.ts`, "export const good = 1;\n");
  write("src/main/circleB.ts", 'import { bad } from "./circleA.ts";\nexport const back = () => bad;\n');
  for (const name of ["electron", "react", "onnxruntime-node"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    write(`node_modules/${name}/index.js`, "module.exports = {};\n");
  }
});
afterAll(() => rmSync(planted, { recursive: true }));

it("holds in the sources, of which it reads all", async () => {
  const summary = await violations(root);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(100);
  expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(300);
});

it("has a planted violation for every rule", () => {
  const names = configuration.forbidden.map(({ name }: { name: string }) => name);
  expect(Object.keys(PLANTED).sort()).toEqual(names.sort());
});

it("reports every planted violation", async () => {
  const summary = await violations(planted);
  const reported = new Set(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  for (const [rule, [file]] of Object.entries(PLANTED)) expect([...reported], rule).toContain(`${rule}: ${file}`);
});
