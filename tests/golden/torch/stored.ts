/** The figures that the Python scripts beside this have stored: one folder a kind of entry, one file an entry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What an entry's file holds beside its cases. */
interface Stored<C> {
  readonly torch: string;
  readonly cases: readonly C[];
}

const SCRIPTS = { layers: "make_layers.py", losses: "make_losses.py", optimizers: "make_optimizers.py", schedules: "make_schedules.py", treatments: "make_treatments.py" };

type Kind = keyof typeof SCRIPTS;

/** What to do where figures are missing or are of an entry as it was: rewrites this entry's file and no other. */
export const remake = (kind: Kind, entry: string): string =>
  `the figures of "${entry}" are not of today: run \`python3 tests/golden/torch/${SCRIPTS[kind]} --only ${entry}\` with a Python that has PyTorch`;

/** The figures of one entry. @throws an Error that says how they are made, where there are none */
export function storedOf<C, S extends Stored<C> = Stored<C>>(kind: Kind, entry: string): S {
  const file = new URL(`${kind}/${entry}.json`, import.meta.url);
  if (!existsSync(file)) throw new Error(remake(kind, entry));
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The entries of which figures are stored. */
export const storedEntries = (kind: Kind): readonly string[] =>
  readdirSync(new URL(`${kind}/`, import.meta.url)).map((name) => name.replace(/\.json$/, "")).sort();
