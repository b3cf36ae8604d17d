/** `descent recipes` and `descent datasets`: list the shipped recipes and data sets. */
import type { Command } from "commander";
import type { Words } from "../../../../shared/kit/words.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import { shapeText } from "../../../../shared/text/shapes.ts";
import type { Context } from "../context.ts";
import { withSession } from "../session.ts";
import { tableLines } from "../table.ts";

export function addCatalog(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("recipes")
    .description("list the starter recipes and the presets")
    .action(() => perform(listRecipes));
  program
    .command("datasets")
    .description("list the data sets that come with Descent")
    .action(() => perform(listDatasets));
}

function listRecipes({ home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const starters = [...(await client.recipes.list()), ...(await client.recipes.presets())].map(inEnglish);
    if (output.json) for (const starter of starters) await output.object(starter);
    else
      for (const line of tableLines(starters, [
        { title: "name", cell: ({ name }) => name },
        { title: "title", cell: ({ title }) => title },
        { title: "epochs", align: "right", cell: ({ recipe }) => countText(recipe.budget.epochs, "en") },
        { title: "summary", cell: ({ summary }) => summary },
      ]))
        await output.line(line);
    return 0;
  });
}

function listDatasets({ home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const datasets = (await client.datasets.list()).map(inEnglish);
    if (output.json) for (const dataset of datasets) await output.object(dataset);
    else
      for (const line of tableLines(datasets, [
        { title: "name", cell: ({ name }) => name },
        { title: "samples", align: "right", cell: ({ facts }) => countText(facts.length, "en") },
        { title: "shape", cell: ({ facts }) => shapeText(facts.sampleShape) },
        { title: "target", cell: ({ facts: { target } }) => (target.kind === "classification" ? `${target.classes.length} classes` : target.names.join(", ")) },
        { title: "licence", cell: ({ licence }) => licence },
        { title: "title", cell: ({ title }) => title },
      ]))
        await output.line(line);
    return 0;
  });
}

/** The command line speaks English. */
function inEnglish<E extends { readonly title: Words; readonly summary: Words }>({ title, summary, ...entry }: E) {
  return { ...entry, title: title.en, summary: summary.en };
}
