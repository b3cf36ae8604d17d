/** How something that was dropped, chosen or named becomes a data set: brought within the host's reach, recognised, corrected, kept. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { DetectedSource } from "../../../shared/contract/datasets.ts";
import { faultOf } from "../../../shared/contract/faults.ts";
import type { DroppedFormatName } from "../../../shared/recipe/formats/index.ts";
import { askForCode } from "../../api/code.ts";
import { detectSource } from "../../api/datasets.ts";
import { type ImportProgress, importPicked, type pickedFromInput } from "../../api/importing.ts";

type Picked = ReturnType<typeof pickedFromInput>;

export type ImportState =
  | { readonly stage: "idle" }
  /** Progress is null while the files are collected. */
  | { readonly stage: "sending"; readonly name: string; readonly progress: ImportProgress | null }
  | { readonly stage: "detecting"; readonly path: string }
  | { readonly stage: "confirm"; readonly detected: DetectedSource }
  /** The person says what it is. */
  | { readonly stage: "told"; readonly path: string; readonly type: DroppedFormatName }
  /** The path is null where nothing came within the host's reach. */
  | { readonly stage: "failed"; readonly error: unknown; readonly path: string | null };

export interface Importing {
  readonly state: ImportState;
  /** Files, or the promise of them: a drop is walked through first. */
  take(picked: Picked | Promise<Picked>): void;
  look(path: string): void;
  /** Reads it as a format that the person names. */
  readAs(path: string, type: DroppedFormatName): void;
  /** Ends whatever is under way and begins anew. */
  reset(): void;
}

const IDLE: ImportState = { stage: "idle" };

export function useImport(): Importing {
  const [state, setState] = useState<ImportState>(IDLE);
  const working = useRef<AbortController | null>(null);
  useEffect(() => () => working.current?.abort(), []);

  const begin = useCallback((work: (signal: AbortSignal, tell: (state: ImportState) => void) => Promise<void>) => {
    working.current?.abort();
    const own = new AbortController();
    working.current = own;
    const tell = (next: ImportState) => {
      if (!own.signal.aborted) setState(next);
    };
    let path: string | null = null;
    const telling = (next: ImportState) => {
      if (next.stage === "detecting") path = next.path;
      tell(next);
    };
    work(own.signal, telling).catch((error: unknown) => tell({ stage: "failed", error, path }));
  }, []);

  const recognise = useCallback(
    async (path: string, signal: AbortSignal, tell: (state: ImportState) => void) => {
      tell({ stage: "detecting", path });
      try {
        tell({ stage: "confirm", detected: await detectSource(path, signal) });
      } catch (error) {
        // Whoever brings code in is asked about it at once.
        const module = faultOf(error)?.problems.find(({ allow }) => allow !== undefined)?.allow;
        if (module !== undefined && !signal.aborted) askForCode(module, () => begin((own, told) => recognise(path, own, told)));
        throw error;
      }
    },
    [begin],
  );

  const look = useCallback((path: string) => begin((signal, tell) => recognise(path, signal, tell)), [begin, recognise]);

  const take = useCallback(
    (promised: Picked | Promise<Picked>) =>
      begin(async (signal, tell) => {
        tell({ stage: "sending", name: "", progress: null });
        const picked = await promised;
        // The folder's own name, or the file's.
        const name = picked[0]?.path.split("/")[0] ?? "";
        tell({ stage: "sending", name, progress: null });
        const path = await importPicked(picked, (progress) => tell({ stage: "sending", name, progress }), signal);
        await recognise(path, signal, tell);
      }),
    [begin, recognise],
  );

  const reset = useCallback(() => {
    working.current?.abort();
    setState(IDLE);
  }, []);
  const readAs = useCallback((path: string, type: DroppedFormatName) => setState({ stage: "told", path, type }), []);
  return { state, take, look, readAs, reset };
}
