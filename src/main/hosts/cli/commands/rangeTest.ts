/** `descent lr-find`: shows the learning-rate range test of a recipe as a curve in the terminal, with a suggestion. */
import { type Command, InvalidArgumentError } from "commander";
import type { RangeTestResult } from "../../../../shared/math/rangeTest.ts";
import { digitsText } from "../../../../shared/text/numbers.ts";
import { type Context, wholeNumber } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { Interruption } from "../interruption.ts";
import type { Output } from "../output.ts";
import { loadRecipe } from "../recipeFile.ts";
import { withSession } from "../session.ts";
import { lossUnitText } from "../text.ts";

interface RangeTestOptions {
  readonly set: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** Number of rows of the curve, and length of the longest bar. */
const ROWS = 24;
const BAR = 48;

export function addRangeTest(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("lr-find")
    .description("find a learning rate: train briefly while it grows, and see where the loss falls fastest")
    .argument("<recipe>", "a recipe file, or the name of a starter recipe")
    .option(
      "--set <path=value>",
      "change a field of the recipe, as in batch.size=32; can be repeated",
      (value: string, earlier: readonly string[]) => [...earlier, value],
      [],
    )
    .option("--from <rate>", "the lowest learning rate", rate, 1e-6)
    .option("--to <rate>", "the highest learning rate", rate, 10)
    .option("--steps <steps>", "number of steps between them", wholeNumber(10, 10_000), 200)
    .action((recipe: string, options: RangeTestOptions) => perform((context) => findRate(recipe, options, context)));
}

function rate(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1000)) throw new InvalidArgumentError("It must be a number greater than 0 and at most 1000.");
  return value;
}

function findRate(text: string, { set, from, to, steps }: RangeTestOptions, { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const recipe = await loadRecipe(text, set, () => client.recipes.list());
    const interruption = new Interruption();
    let done = 0;
    const events = await client.recipes.rangeTest({ recipe, from, to, steps });
    interruption.onInterrupt(() => void events.return?.());
    for await (const event of events) {
      if (output.json) await output.object(event);
      if (event.type === "points") {
        done += event.points.length;
        const last = event.points.at(-1);
        if (output.interactive && last !== undefined)
          await output.status(`step ${done} of ${event.total}  rate ${digitsText(last.rate, 3)}  loss ${digitsText(last.loss, 3)}`);
      } else if (!output.json) {
        await output.status("");
        await describe(event.result, output);
        const { recipe: checked } = await client.recipes.check({ recipe });
        if (checked !== null) await output.line(lossUnitText(checked));
      }
    }
    interruption.stopListening();
    return interruption.happened ? ExitStatus.interrupted : 0;
  });
}

/** The smoothed loss over the learning rate, one bar per row. */
async function describe({ curve, diverged, suggestion, reason }: RangeTestResult, output: Output): Promise<void> {
  const rows = Math.min(ROWS, curve.length);
  const shown = Array.from({ length: rows }, (_, i) => curve[Math.round((i * (curve.length - 1)) / Math.max(1, rows - 1))]).filter(
    (point) => point !== undefined,
  );
  const [low, high] = [Math.min(...shown.map(({ smoothed }) => smoothed)), Math.max(...shown.map(({ smoothed }) => smoothed))];
  await output.line(`${"RATE".padStart(9)}  ${"LOSS".padStart(9)}`);
  for (const { rate: at, smoothed } of shown) {
    const bar = "█".repeat(Math.max(1, Math.round((BAR * (smoothed - low)) / Math.max(high - low, Number.EPSILON))));
    await output.line(`${digitsText(at, 3).padStart(9)}  ${digitsText(smoothed, 3).padStart(9)}  ${bar}`);
  }
  if (diverged) await output.line("The loss diverged there; the test ended.");
  await output.line();
  if (suggestion !== null) await output.line(`Suggested: --set optimizer.lr=${suggestion.rate}`);
  await output.line(reason);
}
