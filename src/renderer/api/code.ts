/** Permissions for the code of data sets: what the person is asked, what was allowed, and what follows from an answer. */
import { useQuery } from "@tanstack/react-query";
import { create } from "zustand";
import type { AllowedCode, CodeExamination } from "../../shared/contract/code.ts";
import { cache, client } from "./client.ts";

interface CodeQuestion {
  /** Of the module that the person is asked about; null where nothing is asked. */
  readonly path: string | null;
  /** What was refused for want of the permission. */
  readonly onAllowed: () => void;
  /** Counts the answers: what shows data reads it anew. */
  readonly answers: number;
}

const ALLOWED = ["code", "allowed"];
const nothing = () => {};

export const useCodeQuestion = create<CodeQuestion>()(() => ({ path: null, onAllowed: nothing, answers: 0 }));

/** Shows what a module may do and asks whether it may run. */
export function askForCode(path: string, onAllowed: () => void = nothing): void {
  useCodeQuestion.setState({ path, onAllowed });
}

export function dismissCode(): void {
  useCodeQuestion.setState({ path: null, onAllowed: nothing });
}

/** A module as it is now; looked at anew for every question. */
export function useExamination(path: string | null) {
  return useQuery<CodeExamination>({
    queryKey: ["code", "examination", path],
    queryFn: ({ signal }) => client.code.examine({ path: path ?? "" }, { signal }),
    enabled: path !== null,
    staleTime: 0,
    gcTime: 0,
  });
}

export function useAllowedCode() {
  return useQuery<readonly AllowedCode[]>({ queryKey: ALLOWED, queryFn: () => client.code.list() });
}

/** @throws whatever the studio refuses it with: the file has changed since it was shown */
export async function allowCode({ path, digest }: CodeExamination): Promise<void> {
  await client.code.allow({ path, digest });
  const { onAllowed } = useCodeQuestion.getState();
  dismissCode();
  await readAnew();
  onAllowed();
}

export async function forgetCode({ sha256 }: AllowedCode): Promise<void> {
  await client.code.forget({ hashes: [sha256] });
  await readAnew();
}

async function readAnew(): Promise<void> {
  useCodeQuestion.setState(({ answers }) => ({ answers: answers + 1 }));
  await Promise.all([ALLOWED, ["facts"], ["check"], ["samples"], ["suspects"]].map((queryKey) => cache.resetQueries({ queryKey })));
}
