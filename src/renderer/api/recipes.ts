/** Recipe data for the list of runs: values for columns, cached by the recipe's hash, and the differences between runs of the same name. */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { RunSummary } from "../../shared/contract/runs.ts";
import type { Difference } from "../../shared/recipe/differences.ts";
import { client } from "./client.ts";

/** Recipes per request: the first answer arrives while the rest is read. */
const ASKED_AT_ONCE = 2000;
const KEPT_MS = 60_000;

/** By path and then by the recipe's hash. A hash always means the same recipe, so the cache is never out of date. */
type Values = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

const useValues = create<{ readonly values: Values }>()(() => ({ values: new Map() }));
const asked = new Set<string>();

/** Values at paths of the runs' recipes. Missing ones are requested. */
export function useRecipeValues(runs: readonly RunSummary[], paths: readonly string[]): Values {
  const key = paths.join("\n");
  useEffect(() => {
    const wanted = key === "" ? [] : key.split("\n");
    const hashes = [...new Set(runs.map(({ recipeHash }) => recipeHash))].filter((hash) => wanted.some((path) => !asked.has(`${path} ${hash}`)));
    if (hashes.length > 0) void ask(hashes, wanted);
  }, [runs, key]);
  return useValues(({ values }) => values);
}

const keysOf = (hashes: readonly string[], paths: readonly string[]) => hashes.flatMap((hash) => paths.map((path) => `${path} ${hash}`));

async function ask(hashes: readonly string[], paths: readonly string[]): Promise<void> {
  for (const key of keysOf(hashes, paths)) asked.add(key);
  for (let start = 0; start < hashes.length; start += ASKED_AT_ONCE) {
    const part = hashes.slice(start, start + ASKED_AT_ONCE);
    try {
      const answer = await client.runs.values({ hashes: part, paths: [...paths] });
      useValues.setState(({ values }) => ({ values: withAnswer(values, part, paths, answer) }));
    } catch {
      // The connection is lost, which its status shows. The next change of the list retries.
      for (const key of keysOf(part, paths)) asked.delete(key);
    }
  }
}

function withAnswer(
  values: Values,
  hashes: readonly string[],
  paths: readonly string[],
  answer: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Values {
  const next = new Map(values);
  for (const path of paths) {
    const ofPath = new Map(next.get(path));
    for (const hash of hashes) ofPath.set(hash, answer[hash]?.[path]);
    next.set(path, ofPath);
  }
  return next;
}

/** Names of several runs, each with a number that changes when another run or recipe gets that name. */
function sharedNames(runs: readonly RunSummary[]): ReadonlyMap<string, number> {
  const found = new Map<string, { count: number; mark: number }>();
  for (const { name, recipeHash } of runs) {
    const former = found.get(name) ?? { count: 0, mark: 0 };
    found.set(name, { count: former.count + 1, mark: (former.mark + (Number.parseInt(recipeHash.slice(0, 8), 16) || 0)) % Number.MAX_SAFE_INTEGER });
  }
  return new Map([...found].filter(([, { count }]) => count > 1).map(([name, { count, mark }]) => [name, mark + count]));
}

/**
 * The differences between runs of the same name, by run id; nothing for a run with a unique name.
 * @param shown the visible runs; only their names are requested
 */
export function useNamesakes(runs: readonly RunSummary[], shown: readonly Pick<RunSummary, "name">[]): Differences {
  const shared = useMemo(() => sharedNames(runs), [runs]);
  const names = [...new Set(shown.map(({ name }) => name))].filter((name) => shared.has(name));
  return useQueries({
    queries: names.map((name) => ({
      queryKey: ["differences", name, shared.get(name)],
      queryFn: () => client.runs.differences({ name }),
      placeholderData: keepPreviousData,
      gcTime: KEPT_MS,
    })),
    combine: combined,
  });
}

type Differences = Readonly<Record<string, readonly Difference[]>>;
type Answer = { readonly data?: Differences | undefined };

/** One function that returns a plain object: the cache then finds equal answers equal. Otherwise it would render endlessly. */
function combined(answers: readonly Answer[]): Differences {
  return Object.fromEntries(answers.flatMap(({ data }) => Object.entries(data ?? {})));
}
