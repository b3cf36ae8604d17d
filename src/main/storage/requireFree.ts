/** What a person asks to be written never takes the place of something else, unless they say so. */
import { stat } from "node:fs/promises";
import { fail } from "../../shared/kit/fault.ts";

/**
 * @param place that names the file, for a fault: `--out`
 * @throws Fault where something is there already and `force` is not given, or a folder is
 */
export async function requireFree(file: string, place: string, force: boolean): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) fail("usage", place, "must name a file", `the folder ${file}`, "Name a file inside it.");
  if (found !== null && !force) fail("conflict", place, "must name a file that is not there yet", file, "Choose another name, or write over it with --force.");
}
