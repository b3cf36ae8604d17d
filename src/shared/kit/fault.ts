/**
 * What Descent says when something a person gave it cannot be used.
 *
 * A fault carries one or more problems. Each problem names the place (a JSON path such as
 * `optimizer.lr`, or a file and row), what must hold, what came, and what to do. The same words
 * are printed by the command line and shown at the field in the window.
 *
 * Errors in Descent itself are ordinary `Error`s made by {@link internal}.
 */
export interface Problem {
  /** JSON path in the recipe (`model.layers[2].filters`), or file and row (`iris.csv:17`). */
  readonly place: string;
  /** What must hold there, as the end of the sentence "must be …" or a full clause. */
  readonly expected: string;
  /** What came instead, quoted as given. */
  readonly received: string;
  /** What to do about it, one imperative sentence. */
  readonly remedy: string;
  /** The path of a file whose code nobody has allowed to run: a host can show what it may do, and ask. */
  readonly allow?: string;
}

/** Why the caller cannot go on. `usage` and `input` end the command line with status 2, the rest with 1. */
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

/** One line: `optimizer.lr: must be greater than 0; received -1. Use a small positive number …` */
export function describeProblem(problem: Problem): string {
  const { place, expected, received, remedy } = problem;
  return `${place}: ${expected}; received ${received}. ${remedy}`;
}

/** Throws a fault of one problem. */
export function fail(kind: FaultKind, place: string, expected: string, received: string, remedy: string): never {
  throw new Fault(kind, [{ place, expected, received, remedy }]);
}

/** A value as it appears in a problem's `received`: short, quoted when a string. */
export function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** An error in Descent itself, not in what it was given. */
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

/** The nearest of the valid names by edit distance, for "did you mean …?"; undefined where none is near. */
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
