import { inLanguage, type Text } from "./words.ts";

/**
 * An error about input that the user gave to Descent.
 *
 * A fault carries one or more problems. Each problem names the place (a JSON path such as `optimizer.lr`, or a file and row), what was expected,
 * what was received, and the remedy. The command line prints in English what the window shows at the field in its own language.
 *
 * Errors in Descent itself are ordinary `Error`s made by {@link internal}.
 */
export interface Problem {
  /** JSON path in the recipe (`model.layers[2].filters`), or file and row (`iris.csv:17`). */
  readonly place: string;
  /** What was expected, as the end of the sentence "must be …" or a full clause. */
  readonly expected: Text;
  /** What was received, quoted as given. */
  readonly received: Text;
  /** How to fix it, as one imperative sentence. */
  readonly remedy: Text;
  /** Path of a file whose code has not been allowed to run. A host can show its code and ask. */
  readonly allow?: string;
}

/** Why the operation cannot continue. The command line exits with status 2 for `usage` and `input`, and with 1 for the rest. */
export type FaultKind = "usage" | "input" | "missing" | "conflict" | "environment" | "diverged";

export class Fault extends Error {
  readonly kind: FaultKind;
  readonly problems: readonly Problem[];

  constructor(kind: FaultKind, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join("\n"), options);
    this.name = "Fault";
    this.kind = kind;
    this.problems = problems;
  }
}

/** One line in English: `optimizer.lr: must be greater than 0; received -1. Use a small positive number …` */
export function describeProblem(problem: Problem): string {
  return problemLine(problem, "en");
}

/** One line in the language of the window. */
export function problemLine(problem: Problem, language: string): string {
  return `${problem.place}: ${problemSentence(problem, language)}`;
}

/** The line without its place, which a form's field shows itself. */
export function problemSentence(problem: Problem, language: string): string {
  const [expected, received, remedy] = [problem.expected, problem.received, problem.remedy].map((text) => inLanguage(text, language));
  return language.startsWith("ko") ? `${expected} (실제: ${received}). ${remedy}` : `${expected}; received ${received}. ${remedy}`;
}

/** Throws a fault with one problem. */
export function fail(kind: FaultKind, place: string, expected: Text, received: Text, remedy: Text): never {
  throw new Fault(kind, [{ place, expected, received, remedy }]);
}

/** A value as it appears in a problem's `received`: short, quoted when a string. */
export function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** An error in Descent itself, not in its input. */
export function internal(message: string): Error {
  return new Error(`internal: ${message}`);
}

/** Makes a `switch` over a union exhaustive at compile time. */
export function assertNever(value: never): never {
  throw internal(`unexpected ${quote(value)}`);
}

/** The item at an index that must exist. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw internal(`index ${index} is outside 0..${items.length - 1}`);
  return item;
}

/** The nearest valid name by edit distance, for "did you mean …?"; undefined where none is similar. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}
