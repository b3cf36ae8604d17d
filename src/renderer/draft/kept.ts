/** How the draft is stored between two visits and read back. Stored text that cannot be read is kept as text. */
import { z } from "zod";
import { upgradeRecipe } from "../../shared/recipe/migrations/migrations.ts";
import { readJson } from "../forms/jsonPlace.ts";
import { type Content, type History, MOST_STEPS, noHistory } from "./history.ts";

/** The version of the stored object. The recipe inside has its own version. */
const DRAFT_VERSION = 1;

export interface Kept extends Content {
  /** Which recipe the workbench shows: this one, or the open run's. */
  readonly showing: "draft" | "run";
}

const keptSchema = z.strictObject({
  version: z.literal(DRAFT_VERSION),
  recipe: z.unknown(),
  text: z.string().nullable(),
  edited: z.boolean(),
  showing: z.enum(["draft", "run"]),
});

/** The format before version 1. */
const earlierSchema = z.object({ state: z.object({ recipe: z.unknown(), text: z.string().nullable(), showing: z.enum(["draft", "run"]) }) });

const nothing: Kept = { recipe: null, text: null, syntaxError: null, edited: false, showing: "draft" };

export function writeDraft({ recipe, text, edited, showing }: Kept): string {
  return JSON.stringify({ version: DRAFT_VERSION, recipe, text, edited, showing });
}

/** @returns the draft; and the stored text if it is of a later version or damaged */
export function readDraft(stored: string | null): { readonly kept: Kept; readonly unread: string | null } {
  if (stored === null) return { kept: nothing, unread: null };
  const read = readJson(stored);
  const value = "value" in read ? read.value : null;
  const today = keptSchema.safeParse(value);
  if (today.success) return { kept: keptOf(today.data), unread: null };
  const earlier = earlierSchema.safeParse(value);
  if (earlier.success) return { kept: keptOf({ ...earlier.data.state, edited: true }), unread: null };
  return { kept: nothing, unread: stored };
}

function keptOf({ recipe = null, text, edited, showing }: Omit<Kept, "syntaxError">): Kept {
  const read = text === null ? null : readJson(text);
  const syntaxError = read !== null && "error" in read ? read.error : null;
  const upgraded = upgradeRecipe(recipe);
  // The JSON text of an upgraded recipe is outdated, so it is dropped. A text with a syntax error stays as it was typed.
  return { recipe: upgraded, text: upgraded !== recipe && syntaxError === null ? null : text, edited, showing, syntaxError };
}

const contentSchema = z.object({ recipe: z.unknown(), text: z.string().nullable(), edited: z.boolean() });
const stepsSchema = z.array(z.object({ place: z.string(), content: contentSchema })).max(MOST_STEPS);
const historySchema = z.object({ present: z.string(), past: stepsSchema, future: stepsSchema });

/** Called only when the user leaves the page, because writing the whole history is slow. */
export function writeHistory({ past, future }: History, present: Kept): string {
  return JSON.stringify({ present: writeDraft(present), past, future });
}

/** The history of a draft; empty if it belongs to another draft. */
export function readHistory(stored: string | null, present: Kept): History {
  const read = stored === null ? null : readJson(stored);
  const history = historySchema.safeParse(read !== null && "value" in read ? read.value : null);
  if (!history.success || history.data.present !== writeDraft(present)) return noHistory;
  const steps = (list: z.output<typeof stepsSchema>) =>
    list.map(({ place, content }) => ({ place, content: contentOf(keptOf({ ...content, recipe: content.recipe, showing: "draft" })) }));
  return { past: steps(history.data.past), future: steps(history.data.future), typing: null };
}

export function contentOf({ recipe, text, syntaxError, edited }: Content): Content {
  return { recipe, text, syntaxError, edited };
}
