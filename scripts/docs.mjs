// @ts-check
/** `npm run docs`: the reference of the catalog, docs/catalog/*.md, from what the entries say of themselves, and the list of what is shipped of others. */
import { mkdirSync, writeFileSync } from "node:fs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, root, runMain, say } from "./lib/project.mjs";
import { thirdPartyPage } from "./lib/thirdParty.mjs";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  const { catalogPages } = await import("./reference/pages.ts");
  const pages = catalogPages();
  mkdirSync(inRoot("docs", "catalog"), { recursive: true });
  for (const [name, text] of pages) writeFileSync(inRoot("docs", "catalog", name), text);
  writeFileSync(inRoot("THIRD-PARTY.md"), thirdPartyPage(root));
  say(`wrote ${[...pages.keys()].join(", ")} to docs/catalog, and THIRD-PARTY.md`);
  return 0;
});
