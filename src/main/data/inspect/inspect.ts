/**
 * Exploratory data analysis: statistics of a data set and its problems. First reports a quick result from evenly spread samples, then the exact one from
 * all samples. Runs in its own process, and yields to the event loop.
 */
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import type { Dataset } from "../dataset.ts";
import { balanceProblems, targetSummary } from "./balance.ts";
import { isTable } from "./columns.ts";
import type { SplitParts } from "./duplicates.ts";
import { type Findings, type Inspected, NO_FINDINGS } from "./findings.ts";
import { type OnProgress, Pace } from "./pace.ts";
import { firstLookAtSamples, firstSamples, inspectSamples, sampleWork } from "./sampleInspection.ts";
import { firstLookAtTable, inspectTable, tableWork } from "./tableInspection.ts";

export interface InspectOptions {
  /** Fingerprint of the source, from `fingerprintOf`. */
  readonly fingerprint: string;
  /** Size of the files; null if unknown. */
  readonly bytes: number | null;
  /** Used to find leaks; the source's own test part if absent. */
  readonly split?: SplitParts;
  readonly signal?: AbortSignal;
  /** Receives the quick result, if the data set is larger than that. The exact one is returned. */
  readonly onInspection: (partial: Inspection) => void;
  /** In units of work; `done` grows up to `total`. */
  readonly onProgress: OnProgress;
}

/** Data sets that know the sizes of their original images. */
interface Sized {
  readonly sizes?: Inspection["sizes"];
}

/** Number of samples for the quick result. */
const FIRST = 2000;

/**
 * @throws Fault if the samples cannot be read any more
 * @throws the signal's reason if it is aborted
 */
export async function inspectDataset(dataset: Dataset & Sized, options: InspectOptions): Promise<Inspection> {
  const { fingerprint, bytes, split, signal, onInspection, onProgress } = options;
  const startedAt = performance.now();
  const targets = await dataset.targets();
  const byColumns = isTable(dataset);
  const pace = new Pace(byColumns ? tableWork(dataset) : sampleWork(dataset), onProgress, signal);
  const inspected: Inspected = { dataset, targets, split, pace };
  const target = targetSummary(dataset, targets);
  const inspection = (findings: Findings, exact: boolean, samplesSeen: number): Inspection => ({
    fingerprint,
    facts: dataset.facts,
    kind: sampleKind(dataset.sampleShape),
    exact,
    samplesSeen,
    bytes,
    target,
    ...findings,
    sizes: dataset.sizes ?? [],
    problems: [...dataset.problems, ...(exact ? balanceProblems(target) : []), ...findings.problems],
    seconds: (performance.now() - startedAt) / 1000,
  });
  const first = byColumns ? FIRST : firstSamples(dataset, FIRST);
  if (dataset.length > first) {
    const look = byColumns ? await firstLookAtTable(inspected, first) : await firstLookAtSamples(inspected, first);
    onInspection(inspection(look, false, first));
  }
  const findings = dataset.length === 0 ? NO_FINDINGS : byColumns ? await inspectTable(inspected) : await inspectSamples(inspected);
  return inspection(findings, true, dataset.length);
}
