/** What a page says of a sampler and of a pruner: its fields, and what it can work with, asked of the entry itself. */
import type { z } from "zod";
import type { PrunerDefinition } from "../../src/shared/catalog/pruners/pruner.ts";
import type { SamplerDefinition } from "../../src/shared/catalog/samplers/sampler.ts";
import type { Space } from "../../src/shared/catalog/samplers/space.ts";
import type { Study } from "../../src/shared/tuning/study.ts";
import { fieldTable } from "./fields.ts";
import { blocks, literal } from "./markdown.ts";

const number: Space = ["x", "y"].map((name) => ({ type: "float", name, min: 0, max: 1, log: false }));
const SPACES: Readonly<Record<string, Space>> = {
  numbers: number,
  choices: [...number, { type: "choice", name: "z", values: ["a", "b"] }],
  conditions: [
    ...number,
    { type: "choice", name: "z", values: [false, true] },
    { type: "float", name: "u", min: 0, max: 1, log: false, when: { name: "z", values: [true] } },
  ],
};

type SamplerEntry = Pick<SamplerDefinition<Study["sampler"]>, "misfit" | "believe" | "samples"> & { readonly schema: z.ZodType };
type PrunerEntry = Pick<PrunerDefinition<Study["pruner"]>, "misfit" | "over" | "continues" | "samples"> & { readonly schema: z.ZodType };

export function samplerSection(type: string, { schema, misfit, believe, samples }: SamplerEntry): string {
  const fits = Object.entries(SPACES).filter(([, space]) => [1, 2].some((objectives) => (misfit?.(space, objectives) ?? null) === null));
  const several = Object.values(SPACES).some((space) => (misfit?.(space, 2) ?? null) === null);
  const single = Object.values(SPACES).some((space) => (misfit?.(space, 1) ?? null) === null);
  return blocks([
    fieldTable(schema),
    [
      `- It searches spaces with ${fits.map(([name]) => name).join(", ")}, for ${several ? (single ? "one objective or several" : "several objectives") : "one objective"}.`,
      believe === undefined ? "- It expects nothing of a point." : '- "Why this trial" shows what it expected.',
    ].join("\n"),
    exampleOf(type, samples),
  ]);
}

export function prunerSection(type: string, { schema, over, continues, samples }: PrunerEntry): string {
  return blocks([
    fieldTable(schema),
    [
      over === "epochs" ? "- It compares trials after each epoch." : "- It compares trials after each repeat, over seeds or folds.",
      ...(continues === undefined ? [] : ["- It takes up trials again that it ended."]),
    ].join("\n"),
    exampleOf(type, samples),
  ]);
}

function exampleOf(type: string, samples: readonly Readonly<Record<string, unknown>>[]): string | null {
  const other = samples.find((config) => Object.keys(config).length > 0);
  return other === undefined ? null : `For example ${literal({ type, ...other })}.`;
}
