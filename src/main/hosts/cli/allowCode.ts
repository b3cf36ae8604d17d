/**
 * Asks the user on a terminal to allow code that a command needs. Without a terminal, and with --json, only --allow-code allows it. Every command goes
 * through here, so none can forget it.
 */
import { createInterface } from "node:readline/promises";
import type { CodeExamination } from "../../../shared/contract/code.ts";
import { faultOf } from "../../../shared/contract/faults.ts";
import { countText } from "../../../shared/text/numbers.ts";
import type { Context } from "./context.ts";
import { pairLines } from "./table.ts";

/** Number of imports listed. */
const MOST_SHOWN = 20;

/**
 * Does a command's work. If a permission is missing and the user grants it, the work starts again.
 * @throws whatever the work throws
 */
export async function withCode(context: Context, work: () => Promise<number>): Promise<number> {
  const settled = new Set<string>();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const module = faultOf(error)?.problems.find(({ allow }) => allow !== undefined)?.allow;
      if (module === undefined || settled.has(module) || !(await mayRun(module, context))) throw error;
      settled.add(module);
    }
  }
}

async function mayRun(module: string, { home, allowsCode, output }: Context): Promise<boolean> {
  if (!allowsCode && (output.json || !process.stdin.isTTY || !process.stderr.isTTY)) return false;
  const [{ allowModule, examineModule }, { keepPermissionsIn }, { defaultHome }] = await Promise.all([
    import("../../data/code/examine.ts"),
    import("../../data/code/permissions.ts"),
    import("../../home.ts"),
  ]);
  keepPermissionsIn(home ?? defaultHome());
  const examination = await examineModule(module);
  if (!allowsCode) {
    for (const line of codeLines(examination)) output.note(line);
    if (!(await isAnsweredYes("Allow it to run? [y/N] "))) return false;
  }
  await allowModule(module, examination.digest);
  return true;
}

/** What the user should know before answering. */
function codeLines({ path, size, sha256, imports, reads }: CodeExamination): readonly string[] {
  const shown = imports.slice(0, MOST_SHOWN).map((each) => ["imports", `${each.path}, ${countText(each.size, "en")} bytes`] as const);
  const more = imports.length > MOST_SHOWN ? [["", `and ${countText(imports.length - MOST_SHOWN, "en")} more`] as const] : [];
  return [
    "This data set is code that has not been allowed to run here yet.",
    "",
    ...pairLines([["file", path], ["size", `${countText(size, "en")} bytes`], ["SHA-256", sha256], ...shown, ...more]).map((line) => `  ${line}`),
    "",
    "If you allow it, it can",
    ...reads.map((each) => `  - read ${each} and what is in it`),
    "  - read the files and folders that a recipe names in data.source.options, and the targets of links in any of these",
    "  - open connections to this machine and to the network, and send what it reads",
    "It cannot write files, start programs, see your environment variables or reach into other programs.",
    "Read it before you allow it. The permission is for exactly this content; `descent code` lists and revokes permissions.",
    "",
  ];
}

async function isAnsweredYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(question)).trim());
  } catch {
    // Ctrl-C or Ctrl-D.
    process.stderr.write("\n");
    return false;
  } finally {
    terminal.close();
  }
}
