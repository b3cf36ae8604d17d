/** What make_optimizers.py computes and the test follows: every optimizer with every setting of its samples. Run by itself it prints them as JSON. */
import { fileURLToPath } from "node:url";
import { optimizers } from "../../../src/shared/catalog/optimizers/index.ts";
import { optimizerDefinition } from "../../../src/shared/recipe/definitions.ts";
import type { OptimizerConfig } from "../../../src/shared/recipe/recipe.ts";

export interface OptimizerCase {
  /** Every field, defaults filled in. */
  readonly optimizer: OptimizerConfig;
  readonly make: string;
  readonly definitions: readonly string[];
  /** Whether it is PyTorch's own, or written from the paper. */
  readonly builtIn: boolean;
  /** Whether the gradient is made again at another point before each step. */
  readonly twoPasses: boolean;
}

export const optimizerCases: readonly OptimizerCase[] = Object.entries(optimizers).flatMap(([type, { schema, samples }]) =>
  samples.map((sample): OptimizerCase => {
    const optimizer: OptimizerConfig = schema.parse({ type, ...sample });
    const definition = optimizerDefinition(optimizer);
    const { make, definitions = [], builtIn } = definition.torch(optimizer);
    return { optimizer, make, definitions, builtIn, twoPasses: definition.perturb !== undefined };
  }),
);

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(optimizerCases));
