// @ts-check
/** `npm run screenshots`: trains the starters in a studio of its own and takes the pictures of docs/screenshots. Needs a Chromium. */
import { mkdirSync } from "node:fs";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, runMain, say } from "./lib/project.mjs";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  await ensureBuilt();
  return takePictures();
});

/** The runs and the workbench, light and dark. */
async function takePictures() {
  const { findChromium, launchChromium } = await import("../tests/e2e/chromium.ts");
  const { descent, startHost, temporaryHome } = await import("../tests/e2e/host.ts");
  const executable = findChromium();
  if (executable === null) {
    say("needs Chromium; name one in CHROMIUM_PATH");
    return 1;
  }
  const folder = inRoot("docs", "screenshots");
  mkdirSync(folder, { recursive: true });
  const { home, remove } = temporaryHome();
  try {
    const trained = [["iris-mlp"], ["iris-mlp", "--set", "seed=7"], ["digits-cnn", "--set", "optimizer.type=sgd"], ["digits-cnn"]];
    for (const recipe of trained) await descent("train", ...recipe, "--home", home);
    const host = await startHost(home);
    const browser = await launchChromium(executable);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(host.url);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate("void (location.hash = '#/runs')");
      await page.getByRole("row").filter({ hasText: "digits-cnn" }).first().waitFor();
      await page.screenshot({ path: `${folder}/runs-${colorScheme}.png` });
      await page.getByRole("row").filter({ hasText: "digits-cnn" }).first().click();
      await page.getByRole("region", { name: "Loss", exact: true }).locator("path").first().waitFor();
      // The last curve and the form's shapes arrive a moment after the first.
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `${folder}/workbench-${colorScheme}.png` });
    }
    await browser.close();
    await host.stop();
  } finally {
    remove();
  }
  say(`pictures are in ${folder}`);
  return 0;
}
