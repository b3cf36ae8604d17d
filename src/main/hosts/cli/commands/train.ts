/** `descent train` and `descent resume`: train one run to its end, or every fold of a cross-validation. */
import { type Command, InvalidArgumentError } from "commander";
import { extended, extensionNotes, MOST_EPOCHS, totalWithMore } from "../../../../shared/recipe/moreEpochs.ts";
import { type Context, wholeNumber } from "../context.ts";
import { followRun } from "../following.ts";
import { loadRecipe } from "../recipeFile.ts";
import { findRun, withSession } from "../session.ts";
import { rounds, trainFolds } from "./folds.ts";

interface TrainOptions {
  readonly set: readonly string[];
  readonly checkpointEvery?: number;
  /** True if no number was given. */
  readonly folds?: number | true;
}

interface ResumeOptions extends Pick<TrainOptions, "checkpointEvery"> {
  readonly epochs?: WantedEpochs;
}

interface WantedEpochs {
  readonly count: number;
  /** Whether the number is added to the run's epochs. */
  readonly more: boolean;
}

/** `20` or `+10` */
function wantedEpochs(text: string): WantedEpochs {
  const count = Number(text.replace(/^\+/, ""));
  if (!/^\+?\d+$/.test(text) || count < 1 || count > MOST_EPOCHS)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_EPOCHS}, with a leading + to add that many.`);
  return { count, more: text.startsWith("+") };
}

const checkpointSteps = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export function addTrain(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("train")
    .description("train a recipe and wait for it")
    .argument("<recipe>", "a recipe file, or the name of a starter recipe")
    .option("--set <path=value>", "change a field of the recipe, as in optimizer.lr=0.01; can be repeated", collect, [])
    .option("--checkpoint-every <steps>", "also write a checkpoint after every this many steps", checkpointSteps)
    .option("--folds [rounds]", "train every fold of the recipe's split, or this many rounds of its bootstrap, and summarize them", rounds)
    .action((recipe: string, options: TrainOptions) => perform((context) => train(recipe, options, context)));
  program
    .command("resume")
    .description("continue a run that was interrupted, paused or stopped; with --epochs, also a completed one")
    .argument("<run>", "the run's identifier, its beginning, or last")
    .option("--checkpoint-every <steps>", "also write a checkpoint after every this many steps", checkpointSteps)
    .option("--epochs <epochs>", "train to this many epochs in all, or +N to add N epochs", wantedEpochs)
    .action((run: string, options: ResumeOptions) => perform((context) => resume(run, options, context)));
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

function resume(text: string, options: ResumeOptions, { home, homeOption, output }: Context): Promise<number> {
  return withSession(home, async (session) => {
    const { client } = session;
    const run = await findRun(client, text);
    const { id } = run;
    const { epochs: wanted } = options;
    const epochs = wanted === undefined ? null : wanted.more ? totalWithMore(run, wanted.count) : wanted.count;
    const begin = () => {
      // Reported before anything is changed.
      if (epochs !== null) for (const note of extensionNotes(extended(run.recipe, run, epochs), run)) output.note(note);
      return client.runs.resume({ id, checkpointEvery: options.checkpointEvery ?? null, epochs });
    };
    return followRun({ session, output, homeOption, begin });
  });
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
