/** Data sets that are written as code, and the permission to run them. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { AllowedCode, CodeExamination } from "../code.ts";

export const code = {
  /** A module as a person is shown it before it runs: what it imports, what it may read. None of it runs. */
  examine: oc.input(z.strictObject({ path: z.string().min(1) })).output(type<CodeExamination>()),
  /** Allows a module to run, here and from now on, as long as it is what was shown. */
  allow: oc.input(z.strictObject({ path: z.string().min(1), digest: z.string() })).output(type<AllowedCode>()),
  /** What was allowed, the newest first. */
  list: oc.output(type<readonly AllowedCode[]>()),
  /** Takes permissions back, by the hashes of their modules. Answers with how many there were. */
  forget: oc.input(z.strictObject({ hashes: z.array(z.string()) })).output(type<number>()),
};
