/** A folder that holds tables and nothing else: which of them is read. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Format, hasEnding } from "../../../shared/recipe/formats/format.ts";
import { isClutter } from "../sampleFiles/folderTree.ts";
import { partOfName } from "../sampleFiles/partNames.ts";

/** What is written beside data for people. */
const ABOUT = /(?:^|[\\/])(?:readme|licen[cs]e|citation|changelog|description)[^\\/]*$|\.(?:md|txt|pdf|html?|names)$/i;

/** The only table of a folder, or that of the training part; null where there are other files, folders, or several tables of which none is it. */
export async function tableIn(folder: string, format: Pick<Format, "endings">): Promise<string | null> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter(({ name }) => !isClutter(name));
  const tables = entries.filter((entry) => entry.isFile() && hasEnding(format, entry.name) && !ABOUT.test(entry.name)).map(({ name }) => name);
  const others = entries.filter((entry) => !entry.isFile() || !(hasEnding(format, entry.name) || ABOUT.test(entry.name)));
  if (tables.length === 0 || others.length > 0) return null;
  const training = tables.filter((name) => partOfName(path.parse(name).name)?.part === "train");
  const [found, another] = tables.length === 1 ? tables : training;
  return found === undefined || another !== undefined ? null : path.join(folder, found);
}
