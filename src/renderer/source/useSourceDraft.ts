/** A source while it is edited: its facts and problems, requested again after every change. */
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { faultOf } from "../../shared/contract/faults.ts";
import { describeProblem, type Problem } from "../../shared/kit/fault.ts";
import type { DatasetFacts } from "../../shared/recipe/facts.ts";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { useDetected, useFacts } from "../api/datasets.ts";
import { requestOf } from "./bare.ts";
import { type SeenColumn, seenColumns } from "./columnRoles.ts";

export interface SourceStart {
  readonly source: unknown;
  /** Null until known. */
  readonly facts: DatasetFacts | null;
  /** Whether the rest should be detected, because the source has only a format, a path and perhaps a few more fields. */
  readonly bare?: boolean;
}

/** A source with its facts. */
interface Described {
  readonly source: SourceConfig;
  readonly facts: DatasetFacts;
}

export interface SourceDraft {
  readonly source: unknown;
  set(source: unknown): void;
  /** Starts over from a format and a path. */
  begin(source: unknown): void;
  /** What was read last; belongs to the previous source while this one is being read. */
  readonly read: Described | null;
  readonly columns: readonly SeenColumn[];
  readonly checking: boolean;
  readonly error: unknown;
  readonly problems: readonly Problem[];
}

const TYPING_MS = 300;
const NO_COLUMNS: readonly SeenColumn[] = [];

export function useSourceDraft(start: SourceStart): SourceDraft {
  const [source, setSource] = useState(start.source);
  const [bare, setBare] = useState(start.bare ?? false);
  const [asked] = useDebouncedValue(source, TYPING_MS);
  const untouched = start.facts !== null && asked === start.source;
  const described = useFacts(untouched ? null : asked);
  const detected = useDetected(bare ? requestOf(asked) : null);
  const [former, setFormer] = useState<Described | null>(start.facts === null ? null : { source: start.source as SourceConfig, facts: start.facts });
  const [columns, setColumns] = useState(() => (start.facts === null ? NO_COLUMNS : seenColumns([], start.facts, start.source)));

  const facts = untouched ? start.facts : (described.data ?? null);
  useEffect(() => {
    if (facts === null) return;
    setFormer({ source: asked as SourceConfig, facts });
    setColumns((before) => seenColumns(before, facts, asked));
    setBare(false);
  }, [facts, asked]);

  const found = detected.data;
  useEffect(() => {
    if (found === undefined) return;
    // Unless the user has typed more meanwhile.
    setSource((now: unknown) => (now === asked ? found.source : now));
  }, [found, asked]);

  const searching = bare && (detected.isFetching || (found !== undefined && found.source !== asked));
  const checking = asked !== source || (!untouched && described.isFetching) || searching;
  const error = untouched ? null : described.error;
  const problems = [error, bare ? detected.error : null].flatMap((each) => faultOf(each)?.problems ?? []);
  return {
    source,
    set: setSource,
    begin: (next) => {
      setSource(next);
      setBare(true);
    },
    // The studio has checked every source that it could describe.
    read: facts === null ? former : { source: asked as SourceConfig, facts },
    columns,
    checking,
    error,
    problems: problems.filter((problem, index) => problems.findIndex((other) => describeProblem(other) === describeProblem(problem)) === index),
  };
}
