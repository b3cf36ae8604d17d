/** Preferences as a browser keeps them: what is not there, damaged or of another version is as at the beginning, and the others stay. */
import { z } from "zod";

const language = z.enum(["en", "ko"]);
const xAxis = z.enum(["step", "epoch"]);

type Language = z.output<typeof language>;
type XAxis = z.output<typeof xAxis>;

export interface Preferences {
  readonly language: Language;
  readonly xAxis: XAxis;
  readonly logLoss: boolean;
  /** Weight of the past in the exponential moving average of the training curves, 0 … 0.99. */
  readonly smoothing: number;
  readonly recipeAsJson: boolean;
  /** Width of the workbench's form in pixels; null for the usual one. */
  readonly formWidth: number | null;
  /** Whether the next steps of a run are unfolded. */
  readonly showsNext: boolean;
  /** Sections of the form that were folded or opened, by name. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** Columns of the table of runs by their ids, in their order; null for the usual ones. */
  readonly runColumns: readonly string[] | null;
}

/** @param browser its language, which is the first one here: "ko-KR" */
export function readPreferences(stored: unknown, browser: string): Preferences {
  const schema: z.ZodType<Preferences> = z.object({
    language: language.catch(browser.startsWith("ko") ? "ko" : "en"),
    xAxis: xAxis.catch("step"),
    logLoss: z.boolean().catch(false),
    smoothing: z.number().min(0).max(0.99).catch(0.6),
    recipeAsJson: z.boolean().catch(false),
    formWidth: z.number().positive().nullable().catch(null),
    showsNext: z.boolean().catch(true),
    folds: z.record(z.string(), z.boolean()).catch({}),
    runColumns: z.array(z.string()).nonempty().nullable().catch(null),
  });
  const read = schema.safeParse(stored);
  return read.success ? read.data : schema.parse({});
}
