/** Preferences as a browser stores them. A value that is missing, damaged or of another version becomes its default; the others are kept. */
import { z } from "zod";

const language = z.enum(["en", "ko"]);
const xAxis = z.enum(["step", "epoch"]);

type Language = z.output<typeof language>;
type XAxis = z.output<typeof xAxis>;

export interface Preferences {
  readonly language: Language;
  readonly xAxis: XAxis;
  readonly logLoss: boolean;
  /** Smoothing of the training curves: the weight of past values in the exponential moving average, 0 … 0.99. */
  readonly smoothing: number;
  readonly recipeAsJson: boolean;
  /** Width of the workbench's form in pixels; null for the default. */
  readonly formWidth: number | null;
  /** Whether the suggested next steps of a run are expanded. */
  readonly showsNext: boolean;
  /** Whether each section of the form is open, by name. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** Columns of the table of runs by their ids, in display order; null for the default columns. */
  readonly runColumns: readonly string[] | null;
}

/** @param browser the browser's preferred language: "ko-KR" */
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
