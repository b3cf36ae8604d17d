// @ts-check
/** `npm run docs`: the reference of the catalog, docs/catalog/*.md, from what the entries say of themselves. */
import { mkdirSync, writeFileSync } from "node:fs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, runMain, say } from "./lib/project.mjs";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  const { catalogPages } = await import("./reference/pages.ts");
  const pages = catalogPages();
  mkdirSync(inRoot("docs", "catalog"), { recursive: true });
  for (const [name, text] of pages) writeFileSync(inRoot("docs", "catalog", name), text);
  say(`wrote ${[...pages.keys()].join(", ")} to docs/catalog`);
  return 0;
});
