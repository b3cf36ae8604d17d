/** Grants and revokes permissions to run code. */
import type { AllowedCode } from "../../../shared/contract/code.ts";
import { allowModule } from "../../data/code/examine.ts";
import { forget } from "../../data/code/permissions.ts";
import type { StudioContext } from "../context.ts";

/** @param digest of what the user was shown */
export async function allowCode({ hub }: StudioContext, path: string, digest: string): Promise<AllowedCode> {
  const permission = await allowModule(path, digest);
  hub.runs();
  return permission;
}

/** Also closes what is open for display; a training run continues until it ends. */
export function forgetCode({ hub, room }: StudioContext, hashes: readonly string[]): number {
  const count = forget(hashes);
  room.close();
  hub.runs();
  return count;
}
