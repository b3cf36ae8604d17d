/** All data sets of the window as one list: one's own first, then those that come with Descent. */
import type { DatasetEntry, OwnDataset } from "../../../shared/contract/datasets.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { pathsOf, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { lastOfPath } from "../../ui/lastOfPath.ts";

export interface Entry {
  /** As the address has it: `shipped:iris`, `own:…`. */
  readonly key: string;
  /** The own data set's id; null for a shipped one. */
  readonly own: string | null;
  readonly name: string;
  readonly source: SourceConfig;
  /** Known without asking for shipped ones only. */
  readonly facts: DatasetFacts | null;
  readonly shipped: DatasetEntry | null;
  readonly addedAt: number | null;
}

export function entriesOf(own: readonly OwnDataset[], shipped: readonly DatasetEntry[]): readonly Entry[] {
  return [
    ...own.map(({ id, name, source, addedAt }) => ({ key: `own:${id}`, own: id, name, source, facts: null, shipped: null, addedAt })),
    ...shipped.map((entry) => ({
      key: `shipped:${entry.name}`,
      own: null,
      name: entry.name,
      source: { type: "shipped" as const, name: entry.name },
      facts: entry.facts,
      shipped: entry,
      addedAt: null,
    })),
  ];
}

/** Entries that hold every word of a text in their name, title, summary, kind or paths. */
export function searchEntries(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return entries.filter(({ name, shipped, source }) => {
    const said = shipped === null ? [] : [shipped.title, shipped.summary].flatMap(({ en, ko }) => [en, ko]);
    const all = [name, ...said, source.type, ...pathsOf(source).map(({ path }) => path)].join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** `/home/ada/flowers.csv` -> `flowers` */
export function nameOfPath(path: string): string {
  return lastOfPath(path).replace(/(?<=.)\.[^.]+$/, "");
}
