/** The context of every command: the common options, and where to print. */
import { InvalidArgumentError } from "commander";
import { fail, quote } from "../../../shared/kit/fault.ts";
import type { Output } from "./output.ts";
import { shellWord } from "./text.ts";

export interface SharedOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly logLevel?: string;
  readonly allowCode?: boolean;
}

export interface Context {
  readonly output: Output;
  /** The home given with --home; undefined for the default one. */
  readonly home: string | undefined;
  /** ` --home X` if it was given, to be appended to suggested commands. */
  readonly homeOption: string;
  /** Whether code of data sets is allowed without a question. */
  readonly allowsCode: boolean;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Also sets the log level for this process and its trainers. The log goes to standard error. */
export function createContext({ home, logLevel, allowCode = false }: SharedOptions, output: Output): Context {
  const place = logLevel === undefined ? "DESCENT_LOG" : "--log-level";
  const level = logLevel ?? process.env.DESCENT_LOG ?? "warn";
  if (!LOG_LEVELS.includes(level))
    fail("usage", place, `must be one of ${LOG_LEVELS.join(", ")}`, quote(level), "Choose one of these, or leave it out for warn.");
  process.env.DESCENT_LOG = level;
  return { output, home, homeOption: home === undefined ? "" : ` --home ${shellWord(home)}`, allowsCode: allowCode };
}

/** Parses an option's value as an integer in a range. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}
