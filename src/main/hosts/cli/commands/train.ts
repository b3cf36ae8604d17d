/** `descent train` and `descent resume`: one run from here to its end, or every fold of a cross-validation. */
import type { Command } from "commander";
import { type Context, wholeNumber } from "../context.ts";
import { followRun } from "../following.ts";
import { loadRecipe } from "../recipeFile.ts";
import { findRun, withSession } from "../session.ts";
import { rounds, trainFolds } from "./folds.ts";

interface TrainOptions {
  readonly set: readonly string[];
  readonly checkpointEvery?: number;
  /** True without a number. */
  readonly folds?: number | true;
}

const checkpointSteps = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export function addTrain(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("train")
    .description("train a recipe and wait for it")
    .argument("<recipe>", "a recipe file, or the name of a starter recipe")
    .option("--set <path=value>", "change a field of the recipe, as in optimizer.lr=0.01; can be repeated", collect, [])
    .option("--checkpoint-every <steps>", "also write a checkpoint every so many steps", checkpointSteps)
    .option("--folds [rounds]", "train every fold of the recipe's split, or so many rounds of its bootstrap, and sum them up", rounds)
    .action((recipe: string, options: TrainOptions) => perform((context) => train(recipe, options, context)));
  program
    .command("resume")
    .description("go on with a run that was interrupted, paused or stopped")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .option("--checkpoint-every <steps>", "also write a checkpoint every so many steps", checkpointSteps)
    .action((run: string, options: Pick<TrainOptions, "checkpointEvery">) => perform((context) => resume(run, options, context)));
}

function train(text: string, options: TrainOptions, { home, homeOption, output }: Context): Promise<number> {
  return withSession(home, async (session) => {
    const { client } = session;
    const recipe = await loadRecipe(text, options.set, () => client.recipes.list());
    const checkpointEvery = options.checkpointEvery ?? null;
    const { folds } = options;
    if (folds !== undefined) return trainFolds({ session, output, homeOption, recipe, checkpointEvery, rounds: folds === true ? null : folds });
    const begin = () => client.runs.start({ recipe, checkpointEvery });
    return followRun({ session, output, homeOption, begin });
  });
}

function resume(text: string, options: Pick<TrainOptions, "checkpointEvery">, { home, homeOption, output }: Context): Promise<number> {
  return withSession(home, async (session) => {
    const { client } = session;
    const { id } = await findRun(client, text);
    const begin = () => client.runs.resume({ id, checkpointEvery: options.checkpointEvery ?? null });
    return followRun({ session, output, homeOption, begin });
  });
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
