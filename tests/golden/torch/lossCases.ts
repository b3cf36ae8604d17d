/**
 * What make_losses.py computes and the test follows: every loss with every setting of its samples, on outputs and targets drawn here. Run by itself it prints
 * them as JSON. Outputs are multiples of 1/32, which float32 holds exactly.
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { losses } from "../../../src/shared/catalog/losses/index.ts";
import { RandomStream } from "../../../src/shared/math/random.ts";
import { lossDefinition } from "../../../src/shared/recipe/definitions.ts";
import type { LossConfig } from "../../../src/shared/recipe/recipe.ts";

export interface LossCase {
  readonly title: string;
  readonly loss: LossConfig;
  /** Classes of a classification; 0 for a regression. */
  readonly classes: number;
  readonly classCounts: readonly number[];
  readonly rows: number;
  readonly width: number;
  readonly output: readonly number[];
  readonly target: readonly number[];
  readonly make: string;
  readonly definitions: readonly string[];
  /** Of everything above, so that stale figures are noticed. */
  readonly digest: string;
}

/** Six rows, one row, outputs of the size that overflows an exponential, all alike, and far from zero. */
const DRAWS: readonly { readonly title: string; readonly rows: number; readonly output: (normal: number) => number }[] = [
  { title: "six rows", rows: 6, output: (normal) => 2 * normal },
  { title: "one row", rows: 1, output: (normal) => normal },
  { title: "large outputs", rows: 5, output: (normal) => 60 * normal },
  { title: "outputs of zero", rows: 3, output: () => 0 },
  { title: "far from zero", rows: 4, output: (normal) => 64 + normal },
];

function casesOf(type: keyof typeof losses): readonly LossCase[] {
  const { schema, samples } = losses[type];
  return samples.flatMap(({ config, classes: count }) => {
    const loss: LossConfig = schema.parse({ type, ...config });
    const definition = lossDefinition(loss);
    const classification = definition.task === "classification";
    const classCounts = classification ? Array.from({ length: count }, (_, i) => 3 + 2 * i) : [];
    const width = definition.width(count);
    const { make, definitions = [] } = definition.torch(loss, classification ? count : 0, classCounts);
    return DRAWS.map(({ title, rows, output }): LossCase => {
      const stream = new RandomStream(11, `${JSON.stringify(loss)}/${title}`);
      const of = {
        title: `${JSON.stringify(config)} on ${count}, ${title}`,
        loss,
        classes: classification ? count : 0,
        classCounts,
        rows,
        width,
        output: Array.from({ length: rows * width }, (_, i) => Math.round(32 * output(stream.normal(i))) / 32),
        target: Array.from({ length: classification ? rows : rows * width }, (_, i) =>
          classification ? stream.below(count, 1000 + i) : Math.round(32 * stream.normal(1000 + i)) / 32,
        ),
        make,
        definitions,
      };
      return { ...of, digest: createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 16) };
    });
  });
}

export const lossCases: readonly LossCase[] = Object.keys(losses).flatMap((type) => casesOf(type as keyof typeof losses));

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(lossCases));
