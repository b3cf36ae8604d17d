/** One prediction at a time, streamed: the first rows for display, all rows as CSV to save. Unmounting cancels it. */
import { useCallback, useEffect, useRef, useState } from "react";
import {
  type PredictFrom,
  type PredictionEvent,
  type PredictionRow,
  type PredictionSummary,
  predictionHeader,
  predictionLines,
} from "../../shared/contract/predictions.ts";
import { client } from "../api/client.ts";
import { type ImportProgress, importPicked, type pickedFromInput } from "../api/importing.ts";

type Picked = ReturnType<typeof pickedFromInput>;
type Begun = Extract<PredictionEvent, { readonly type: "begin" }>;

/** Rows for display; the file has all of them. */
const SHOWN_ROWS = 500;
/** Minimum time between two redraws. */
const REDRAW_MS = 100;

export type PredictionState =
  | { readonly stage: "idle" }
  /** Files are made reachable for the host; progress is null while the list of files is collected. */
  | { readonly stage: "sending"; readonly progress: ImportProgress | null }
  | { readonly stage: "running"; readonly begun: Begun | null; readonly rows: readonly PredictionRow[]; readonly done: number }
  | {
      readonly stage: "done";
      readonly begun: Begun;
      readonly rows: readonly PredictionRow[];
      readonly summary: PredictionSummary;
      /** What was predicted: "test", or the file's name. */
      readonly of: string;
      readonly csv: Blob;
    }
  | { readonly stage: "failed"; readonly error: unknown };

export interface Predicting {
  readonly state: PredictionState;
  predict(from: PredictFrom): void;
  /** Predicts dropped or chosen files. */
  take(picked: Picked | Promise<Picked>): void;
  cancel(): void;
}

const IDLE: PredictionState = { stage: "idle" };

export function usePrediction(run: string): Predicting {
  const [state, setState] = useState<PredictionState>(IDLE);
  const working = useRef<AbortController | null>(null);
  useEffect(() => () => working.current?.abort(), []);

  const begin = useCallback((work: (signal: AbortSignal, tell: (state: PredictionState) => void) => Promise<void>) => {
    working.current?.abort();
    const own = new AbortController();
    working.current = own;
    const tell = (next: PredictionState) => {
      if (!own.signal.aborted) setState(next);
    };
    work(own.signal, tell).catch((error: unknown) => tell({ stage: "failed", error }));
  }, []);

  const predict = useCallback((from: PredictFrom) => begin((signal, tell) => follow(run, from, signal, tell)), [begin, run]);
  const take = useCallback(
    (promised: Picked | Promise<Picked>) =>
      begin(async (signal, tell) => {
        tell({ stage: "sending", progress: null });
        const path = await importPicked(await promised, (progress) => tell({ stage: "sending", progress }), signal);
        await follow(run, { path }, signal, tell);
      }),
    [begin, run],
  );
  const cancel = useCallback(() => {
    working.current?.abort();
    setState(IDLE);
  }, []);
  return { state, predict, take, cancel };
}

async function follow(run: string, from: PredictFrom, signal: AbortSignal, tell: (state: PredictionState) => void): Promise<void> {
  tell({ stage: "running", begun: null, rows: [], done: 0 });
  let begun: Begun | null = null;
  const rows: PredictionRow[] = [];
  const csv: string[] = [];
  let done = 0;
  let drawnAt = performance.now();
  for await (const event of await client.runs.predict({ id: run, from }, { signal })) {
    if (signal.aborted) return;
    if (event.type === "begin") {
      begun = event;
      csv.push(predictionHeader(event.output));
    } else if (begun === null) throw new Error("predictions before their beginning");
    else if (event.type === "rows") {
      csv.push(predictionLines(event.rows, begun.output));
      done += event.rows.length;
      if (rows.length < SHOWN_ROWS) rows.push(...event.rows.slice(0, SHOWN_ROWS - rows.length));
    } else {
      const of = "part" in from ? from.part : (from.path.split(/[\\/]/).findLast((name) => name !== "") ?? from.path);
      tell({ stage: "done", begun, rows, summary: event.summary, of, csv: new Blob(csv, { type: "text/csv" }) });
      return;
    }
    const now = performance.now();
    if (event.type === "begin" || now - drawnAt >= REDRAW_MS) {
      drawnAt = now;
      tell({ stage: "running", begun, rows: [...rows], done });
    }
  }
}
