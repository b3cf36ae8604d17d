/**
 * Exploratory data analysis: the figures of a data set and what is wrong with it. First an image of some samples spread over all of them, then the
 * exact figures of all. Runs in a process of its own, and still lets the event loop turn.
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
  /** Of the source, as of `fingerprintOf`. */
  readonly fingerprint: string;
  /** Of the files; null where not known. */
  readonly bytes: number | null;
  /** For leaks; the source's own test part where absent. */
  readonly split?: SplitParts;
  readonly signal?: AbortSignal;
  /** Gets the first image, of a data set that is more than that. The exact one is the result. */
  readonly onInspection: (partial: Inspection) => void;
  /** In units of work; `done` grows up to `total`. */
  readonly onProgress: OnProgress;
}

/** Data sets that know how large their images are in the files. */
interface Sized {
  readonly sizes?: Inspection["sizes"];
}

/** Samples of the first image. */
const FIRST = 2000;

/**
 * @throws Fault where the samples cannot be read any more
 * @throws the signal's reason where it is aborted
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
