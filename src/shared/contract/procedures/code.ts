/** Data sets defined by code, and the permission to run it. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import type { AllowedCode, CodeExamination } from "../code.ts";

export const code = {
  /** Reads a module for the user to review: its code, its imports and the paths it may read. Does not run it. */
  examine: oc.input(z.strictObject({ path: z.string().min(1) })).output(type<CodeExamination>()),
  /** Allows a module to run, now and later, as long as its code is the one that was reviewed. */
  allow: oc.input(z.strictObject({ path: z.string().min(1), digest: z.string() })).output(type<AllowedCode>()),
  /** The modules that were allowed, newest first. */
  list: oc.output(type<readonly AllowedCode[]>()),
  /** Revokes permissions by the hashes of their modules. Returns how many there were. */
  forget: oc.input(z.strictObject({ hashes: z.array(z.string()) })).output(type<number>()),
};
