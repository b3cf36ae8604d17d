/** Chooses the table to read in a folder that holds only tables. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Format, hasEnding } from "../../../shared/recipe/formats/format.ts";
import { isClutter } from "../sampleFiles/folderTree.ts";
import { partOfName } from "../sampleFiles/partNames.ts";

/** Documentation that accompanies data. */
const ABOUT = /(?:^|[\\/])(?:readme|licen[cs]e|citation|changelog|description)[^\\/]*$|\.(?:md|txt|pdf|html?|names)$/i;

/** The only table in a folder, or that of the training part; null if there are other files, folders, or several tables without a training part. */
export async function tableIn(folder: string, format: Pick<Format, "endings">): Promise<string | null> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter(({ name }) => !isClutter(name));
  const tables = entries.filter((entry) => entry.isFile() && hasEnding(format, entry.name) && !ABOUT.test(entry.name)).map(({ name }) => name);
  const others = entries.filter((entry) => !entry.isFile() || !(hasEnding(format, entry.name) || ABOUT.test(entry.name)));
  if (tables.length === 0 || others.length > 0) return null;
  const training = tables.filter((name) => partOfName(path.parse(name).name)?.part === "train");
  const [found, another] = tables.length === 1 ? tables : training;
  return found === undefined || another !== undefined ? null : path.join(folder, found);
}
