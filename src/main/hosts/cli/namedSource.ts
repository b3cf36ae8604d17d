/** The data that the user names on the command line: a file, a folder or a shipped data set, and how it is read. */
import { existsSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { Fault, fail, nearestName, quote } from "../../../shared/kit/fault.ts";
import { pathsOf, type SourceConfig, sourceSchema } from "../../../shared/recipe/sources.ts";
import { parseRecipe } from "../../../shared/recipe/validate.ts";
import { CACHE_VARIABLE } from "../../data/cache.ts";
import { keepPermissionsIn } from "../../data/code/permissions.ts";
import type { SetFields } from "../../data/readers/reader.ts";
import { shippedDatasets } from "../../data/shipped.ts";
import { defaultHome } from "../../home.ts";
import type { Context } from "./context.ts";

export interface SourceOptions {
  readonly target?: string;
  readonly task?: string;
  readonly set: readonly string[];
}

/** The argument and the options of every command that reads data. */
export function takingSource(command: Command): Command {
  return command
    .argument("<data>", "a file or folder, or the name of a data set that comes with Descent")
    .option("--target <column>", "the column to predict, where the guess is wrong")
    .addOption(new Option("--task <task>", "what to predict: a class, or a number").choices(["classification", "regression"]))
    .option("--set <field=value>", "set a field of the source: how it is read, where the guess is wrong (repeatable)", collect, []);
}

/** Tells this process, which reads the data itself, where the home's cache and permissions are. */
export function readHere({ home }: Context): void {
  process.env[CACHE_VARIABLE] ??= path.join(path.resolve(home ?? defaultHome()), "cache");
  keepPermissionsIn(home ?? defaultHome());
}

/** A shipped data set of that name, else what the file or folder looks like; a file beside it is named with ./ */
export async function sourceOf(text: string, { target, task, set: assignments }: SourceOptions): Promise<SourceConfig> {
  const isShipped = shippedDatasets().some(({ name }) => name === text);
  if (!isShipped && !existsSync(text) && !/[/\\.]/.test(text)) {
    const names = shippedDatasets().map(({ name }) => name);
    const near = nearestName(text, names);
    const remedy = near === undefined ? "Correct the path or the name." : `Did you mean ${quote(near)}?`;
    fail("input", "data", `must be a file, a folder, or one of ${names.join(", ")}`, quote(text), remedy);
  }
  const { detectSource } = await import("../../data/detect.ts");
  const named = { ...(target === undefined ? {} : { target }), ...(task === undefined ? {} : { task }) };
  const set = { ...fieldsSet(assignments), ...named };
  const found: SourceConfig = isShipped ? { type: "shipped", name: text } : await detectSource(path.resolve(text), { set });
  if (Object.keys(set).length === 0) return found;
  const read = sourceSchema.safeParse({ ...found, ...set });
  if (read.success) return read.data;
  if (target === undefined && task === undefined) {
    const { problems } = parseRecipe({ data: { source: { ...found, ...set } } });
    throw new Fault(
      "usage",
      problems.filter(({ place }) => place.startsWith("data.source")),
    );
  }
  const [file] = pathsOf(found);
  return fail(
    "usage",
    target === undefined ? "--task" : "--target",
    `must be left out for ${isShipped ? "a data set that comes with Descent" : `the format ${found.type}`}`,
    quote(target ?? task),
    `Leave it out, or name a table${file === undefined ? "" : ` rather than ${file.path}`}.`,
  );
}

/** `field=value` as fields of the source; a value is JSON where it can be, else text. */
function fieldsSet(assignments: readonly string[]): SetFields {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [, field, text] = /^(?:data\.source\.)?(\w+)=(.*)$/s.exec(assignment) ?? [];
      if (field === undefined || text === undefined)
        return fail("usage", "--set", 'must be a field of the source, "=" and a value', quote(assignment), "Write it like --set header=false.");
      return [field, jsonOrText(text)];
    }),
  );
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
