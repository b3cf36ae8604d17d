/**
 * The samples of one class. Those in the projection are known immediately. Others are found by reading labels from the first sample on,
 * until the user stops.
 */
import { useEffect, useMemo, useRef, useState } from "react";
import { tellError } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { allSamples, type SampleList, theseSamples } from "../../samples/samples.ts";
import { usePage } from "./context.ts";

/** Labels per request. */
const CHUNK = 500;
/** The search pauses after this many new samples. */
const ENOUGH = 200;
const SMALLEST_SIDE = 8;

interface Search {
  readonly wanted: number | null;
  /** Number of samples searched, counted from the first. */
  readonly done: number;
  readonly found: readonly number[];
  readonly running: boolean;
}

interface Members {
  readonly list: SampleList;
  /** Whether the list has all samples of the class. */
  readonly complete: boolean;
  readonly search: Search;
  findMore(): void;
  stop(): void;
}

/** @param wanted a class number; null for all samples */
export function useMembers(wanted: number | null): Members {
  const { source, facts, inspection } = usePage();
  const { length, target } = facts;
  const [kept, setSearch] = useState<Search>({ wanted, done: 0, found: [], running: false });
  const searching = useRef<AbortController | null>(null);
  const fresh: Search = { wanted, done: 0, found: [], running: false };
  const search = kept.wanted === wanted ? kept : fresh;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search ends with the class it is for
  useEffect(() => () => searching.current?.abort(), [wanted, source]);
  const points = inspection?.projection?.points;
  const list = useMemo(() => {
    if (wanted === null) return allSamples(length);
    const known = points?.filter((point) => point.target === wanted).map(({ sample }) => sample) ?? [];
    return theseSamples([...new Set([...known, ...search.found])].sort((a, b) => a - b));
  }, [wanted, length, points, search.found]);
  const complete = wanted === null || search.done >= length || (points?.length ?? 0) >= length;

  const findMore = () => {
    const name = target.kind === "classification" && wanted !== null ? target.classes[wanted] : undefined;
    if (name === undefined || search.running) return;
    const left = new AbortController();
    searching.current = left;
    const look = async () => {
      let { done, found } = search;
      const before = found.length;
      while (done < length && found.length - before < ENOUGH) {
        const samples = Array.from({ length: Math.min(CHUNK, length - done) }, (_, i) => done + i);
        const views = await client.datasets.samples({ source, samples, side: SMALLEST_SIDE }, { signal: left.signal });
        done += samples.length;
        found = [...found, ...views.filter(({ label }) => label === name).map(({ sample }) => sample)];
        setSearch({ wanted, done, found, running: true });
      }
    };
    setSearch({ ...search, running: true });
    look()
      .catch((error: unknown) => left.signal.aborted || tellError(error))
      .finally(() => setSearch((last) => (last.wanted === wanted ? { ...last, running: false } : last)));
  };
  return { list, complete, search, findMore, stop: () => searching.current?.abort() };
}
