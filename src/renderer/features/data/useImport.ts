/** Import of dropped, chosen or named data: it is made reachable for the host, recognised, corrected and added. */
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
  /** Progress is null while the list of files is collected. */
  | { readonly stage: "sending"; readonly name: string; readonly progress: ImportProgress | null }
  | { readonly stage: "detecting"; readonly path: string }
  | { readonly stage: "confirm"; readonly detected: DetectedSource }
  /** The user chose the format. */
  | { readonly stage: "told"; readonly path: string; readonly type: DroppedFormatName }
  /** The path is null if the host could reach nothing. */
  | { readonly stage: "failed"; readonly error: unknown; readonly path: string | null };

export interface Importing {
  readonly state: ImportState;
  /** Files, or a promise of them: folders are read asynchronously. */
  take(picked: Picked | Promise<Picked>): void;
  look(path: string): void;
  /** Reads the path in the format that the user chose. */
  readAs(path: string, type: DroppedFormatName): void;
  /** Aborts the current work and starts over. */
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
        // Ask for permission immediately if the data comes with code.
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
        // The name of the folder or of the file.
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
