/** Permissions for code, given and taken back by a window or a command. */
import type { AllowedCode } from "../../../shared/contract/code.ts";
import { allowModule } from "../../data/code/examine.ts";
import { forget } from "../../data/code/permissions.ts";
import type { StudioContext } from "../context.ts";

/** @param digest of what the person was shown */
export async function allowCode({ hub }: StudioContext, path: string, digest: string): Promise<AllowedCode> {
  const permission = await allowModule(path, digest);
  hub.runs();
  return permission;
}

/** What was opened to look at data goes with the permission; a run that trains goes on until it ends. */
export function forgetCode({ hub, room }: StudioContext, hashes: readonly string[]): number {
  const count = forget(hashes);
  room.close();
  hub.runs();
  return count;
}
