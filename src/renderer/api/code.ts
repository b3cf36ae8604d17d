/** Permissions for the code of data sets: the question to the user, what was allowed, and the effects of an answer. */
import { useQuery } from "@tanstack/react-query";
import { create } from "zustand";
import type { AllowedCode, CodeExamination } from "../../shared/contract/code.ts";
import { cache, client } from "./client.ts";

interface CodeQuestion {
  /** The module that the user is asked about; null without a question. */
  readonly path: string | null;
  /** Repeats what was refused without the permission. */
  readonly onAllowed: () => void;
  /** Number of answers; views of data reload after each. */
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

/** The current state of a module; examined again for every question. */
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

/** @throws whatever the studio refuses it with, such as a file that has changed since it was shown */
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
