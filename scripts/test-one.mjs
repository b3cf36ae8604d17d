// @ts-check
/** `npm run test:one -- FILE …`: some test files alone, under a Node that is new enough. What else Vitest takes (`-t NAME`, `--reporter=verbose`) is passed on. */
import { ensureBuilt } from "./lib/build.mjs";
import { endLike, runInPlace } from "./lib/children.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, Plain, runMain } from "./lib/project.mjs";

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.length === 0) throw new Plain("needs a test file, as in `npm run test:one -- tests/conformance/losses.test.ts -t huber`");
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  const project = args.some((each) => each.includes("tests/e2e/")) ? "e2e" : "unit";
  // They drive the built studio.
  if (project === "e2e") await ensureBuilt();
  return endLike(await runInPlace(process.execPath, [inRoot("node_modules", "vitest", "vitest.mjs"), "run", "--project", project, ...args]));
});
