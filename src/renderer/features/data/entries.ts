/** All data sets in one list: first the user's own, then those shipped with Descent. */
import type { DatasetEntry, OwnDataset } from "../../../shared/contract/datasets.ts";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { pathsOf, type SourceConfig } from "../../../shared/recipe/sources.ts";
import { lastOfPath } from "../../ui/lastOfPath.ts";

export interface Entry {
  /** As in the address: `shipped:iris`, `own:…`. */
  readonly key: string;
  /** The id of the user's own data set; null for a shipped one. */
  readonly own: string | null;
  readonly name: string;
  readonly source: SourceConfig;
  /** Known without a request only for shipped data sets. */
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

/** Entries whose name, title, summary, kind or paths contain every word of the text. */
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
