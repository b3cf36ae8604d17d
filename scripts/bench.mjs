// @ts-check
/** `npm run bench [-- options]`: the benchmarks of bench/main.ts, under a Node that runs TypeScript. */
import { ensureBuilt } from "./lib/build.mjs";
import { endLike, runInPlace } from "./lib/children.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, runMain } from "./lib/project.mjs";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  await ensureBuilt();
  return endLike(await runInPlace(process.execPath, [inRoot("bench", "main.ts"), ...process.argv.slice(2)]));
});
