/** A file that the user asks for never replaces an existing one without their consent. */
import { stat } from "node:fs/promises";
import { fail } from "../../shared/kit/fault.ts";

/**
 * @param place names the file in a fault: `--out`
 * @throws Fault if a file exists and `force` is not given, or if a folder has the name
 */
export async function requireFree(file: string, place: string, force: boolean): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) fail("usage", place, "must name a file", `the folder ${file}`, "Name a file inside it.");
  if (found !== null && !force) fail("conflict", place, "must name a file that does not exist", file, "Choose another name, or overwrite it with --force.");
}
