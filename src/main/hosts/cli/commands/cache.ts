/** `descent cache`: shows the cache's location and size, and empties it. Everything in it can be made again. */
import path from "node:path";
import type { Command } from "commander";
import { countText } from "../../../../shared/text/numbers.ts";
import { sizeText } from "../../../../shared/text/sizes.ts";
import { CACHE_VARIABLE } from "../../../data/cache.ts";
import { defaultHome } from "../../../home.ts";
import type { Context } from "../context.ts";
import { pairLines } from "../table.ts";

export function addCache(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  program
    .command("cache")
    .description("show where unpacked archives, decoded samples and inspections are kept, and how large they are; all can be made again")
    .option("--clear", "delete what no running Descent uses")
    .action(({ clear }: { readonly clear?: boolean }) => perform((context) => showCache(clear ?? false, context)));
}

async function showCache(clear: boolean, { home, output }: Context): Promise<number> {
  process.env[CACHE_VARIABLE] ??= path.join(path.resolve(home ?? defaultHome()), "cache");
  const { cacheUsage, trimCache } = await import("../../../data/cacheEntries.ts");
  const freed = clear ? await trimCache(0) : 0;
  const { root, limit, entries } = await cacheUsage();
  const sum = (of: typeof entries) => of.reduce((total, { bytes }) => total + bytes, 0);
  const inUse = entries.filter((entry) => entry.inUse);
  if (output.json) {
    await output.object({ type: "cache", folder: root, bytes: sum(entries), limit, freed, entries });
    return 0;
  }
  const folders = [...new Set(entries.map(({ folder }) => folder))].sort();
  for (const line of pairLines([
    ["folder", root],
    ["holds", `${sizeText(sum(entries))} of at most ${sizeText(limit)}`],
    ["in use", sizeText(sum(inUse))],
    ...folders.map((folder) => {
      const own = entries.filter((entry) => entry.folder === folder);
      return [folder, `${countText(own.length, "en")} ${own.length === 1 ? "entry" : "entries"}, ${sizeText(sum(own))}`] as const;
    }),
    ...(clear ? [["deleted", sizeText(freed)] as const] : []),
  ]))
    await output.line(line);
  return 0;
}
