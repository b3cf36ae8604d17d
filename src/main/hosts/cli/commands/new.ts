/** `descent new`: a first recipe for data of one's own, as the window's Data page writes it. */
import type { Command } from "commander";
import { firstRecipe } from "../../../../shared/recipe/firstRecipe.ts";
import { requireRecipe } from "../../../../shared/recipe/validate.ts";
import type { Context } from "../context.ts";
import { ExitStatus } from "../exitStatus.ts";
import { guessLines } from "../inspectionText.ts";
import { readHere, type SourceOptions, sourceOf, takingSource } from "../namedSource.ts";
import { NewFile } from "../newFile.ts";
import { shellWord } from "../text.ts";

interface NewOptions extends SourceOptions {
  readonly out?: string;
  readonly force?: boolean;
}

export function addNew(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  takingSource(program.command("new").description("write a first recipe for a file or folder: a small network that suits its samples"))
    .option("--out <file>", "the recipe file to write, instead of standard output")
    .option("--force", "write over a file that is there already")
    .action((text: string, options: NewOptions) => perform((context) => writeNew(text, options, context)));
}

async function writeNew(text: string, options: NewOptions, context: Context): Promise<number> {
  const { out, force = false } = options;
  const { output } = context;
  readHere(context);
  // Loaded here, so that other commands do not wait for the readers.
  const { describeSource } = await import("../../../data/sources.ts");
  // Before the data are read: that may take long.
  const file = out === undefined ? null : await NewFile.create(out, "--out", force);
  try {
    const source = await sourceOf(text, options);
    const facts = await describeSource(source);
    const recipe = firstRecipe(source, facts);
    requireRecipe(recipe);
    const json = `${JSON.stringify(recipe, null, 2)}\n`;
    // Beside a recipe on standard output, what is said of it must not be part of it.
    const say = (line: string) => (file === null || output.json ? output.note(line) : output.line(line));
    for (const line of guessLines(facts.guesses ?? [])) await say(line);
    if (file === null) await (output.json ? output.object(recipe) : output.write(json));
    else {
      await file.write(json);
      await file.finish();
      if (output.json) await output.object({ type: "written", file: file.path, recipe });
      else await output.line(`Wrote ${out}: ${recipe.description}`);
    }
    if (!output.json) await say(`Next: descent train ${shellWord(out ?? "FILE")}${context.homeOption}`);
    return ExitStatus.done;
  } catch (error) {
    await file?.discard();
    throw error;
  }
}
