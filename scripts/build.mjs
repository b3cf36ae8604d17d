// @ts-check
/** `npm run build`: builds the studio into `out`, also where nothing changed. */
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { runMain } from "./lib/project.mjs";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  await ensureBuilt({ always: true });
  return 0;
});
