/** Predicting and exporting from a run's menu, in a real Chromium. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../helpers/csv.ts";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { descent, type Host, startHost, temporaryHome } from "./host.ts";
import { expectAccessible, expectText } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: predicting in the window is not tested, because no Chromium was found (name one in CHROMIUM_PATH)");

describe.skipIf(executable === null)("a run's menu", () => {
  const { home, remove } = temporaryHome();
  let host: Host;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    expect(await descent("train", "iris-mlp", "--set", "budget.epochs=10", "--home", home)).toMatchObject({ status: 0 });
    const [run] = (await descent("runs", "--home", home, "--json")).stdout
      .trim()
      .split("\n")
      .map((line): { readonly id: string } => JSON.parse(line));
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(host.url);
    await page.evaluate(`void (location.hash = ${JSON.stringify(`#/workbench/${run?.id}`)})`);
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
  });

  const dialog = () => page.getByRole("dialog");

  async function choose(item: string): Promise<void> {
    await page.getByRole("button", { name: "More for iris-mlp" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: item }).click();
    await dialog().waitFor();
  }

  it("predicts the test part, marks what is right, and saves it as CSV", async () => {
    await choose("Predict…");
    await dialog().getByRole("button", { name: "Predict", exact: true }).click();
    await expectText(dialog().getByRole("status"), /30 samples · \d+ correct of 30 with a known target/);
    expect(await dialog().getByRole("row").count()).toBe(31);
    expect(await dialog().getByRole("img", { name: "correct" }).count()).toBeGreaterThan(20);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, 15);
    }
    const [download] = await Promise.all([page.waitForEvent("download"), dialog().getByRole("button", { name: "Save as CSV" }).click()]);
    expect(download.suggestedFilename()).toBe("iris-mlp-test-predictions.csv");
    const saved = parseCsv(await readFile(await download.path(), "utf8"));
    const asked = parseCsv((await descent("predict", "last", "--home", home)).stdout);
    expect(saved).toEqual(asked);
  });

  it("predicts a file that is named, and says what is wrong with another", async () => {
    const good = path.join(home, "new.csv");
    await writeFile(good, "petal_width_cm,petal_length_cm,sepal_width_cm,sepal_length_cm\n0.2,1.4,3.5,5.1\n");
    const bad = path.join(home, "bad.csv");
    await writeFile(bad, "petal_width_cm\n0.2\n");
    await dialog().getByText("A file or folder", { exact: true }).click();
    const field = dialog().getByRole("textbox", { name: "Path on this machine" });
    await field.fill(bad);
    await page.keyboard.press("Enter");
    await expectText(dialog().getByRole("alert"), /must have the column "sepal_length_cm"/);
    await field.fill(good);
    await page.keyboard.press("Enter");
    await expectText(dialog().getByRole("status"), /1 sample · targets unknown/);
    expect(await dialog().getByRole("row").nth(1).textContent()).toContain("setosa");
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });

  it("exports the network as ONNX, never over another file unasked", async () => {
    const file = path.join(home, "iris.onnx");
    for (const attempt of ["written", "refused"]) {
      await choose("Export ONNX…");
      await dialog().getByRole("textbox", { name: "File on this machine" }).fill(file);
      await dialog().getByRole("button", { name: "Export", exact: true }).click();
      if (attempt === "written") {
        await expectText(dialog().getByText("Written and checked"), /Written and checked/);
        await expectText(dialog(), /probabilities.*float32 \[batch, 3\]/);
        await expectAccessible(page, 15);
        expect(existsSync(file)).toBe(true);
      } else await expectText(dialog().getByRole("alert"), /must name a file that does not exist/);
      await page.keyboard.press("Escape");
      await dialog().waitFor({ state: "detached" });
    }
  });

  it("says beside it what can be done next: evaluates every part, finds suspects, shows what the network saw", { timeout: 240_000 }, async () => {
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    const workbench = page.url();
    const fact = (await page.locator('[data-metric="test.accuracy"]').textContent()) ?? "";
    const reached = page.getByRole("region", { name: "Run", exact: true }).locator("dt");
    expect(await reached.allTextContents()).toContain("Val. accuracy at the best epoch");
    // A figure says on how many samples it rests: a fifth of iris is 30, for the validation and for the test.
    const facts = page.getByRole("region", { name: "Run", exact: true }).locator("dl[aria-label=Results]");
    await expectText(facts, /Val\. accuracy at the best epoch[\d.]+ % on 30 samples · 95 % interval [\d.]+–[\d.]+ %/);
    await expectText(facts, /Test loss[\d.]+ nats on 30 samples/);
    await page.getByRole("button", { name: /^Evaluate/ }).click();
    await expectText(dialog().getByRole("columnheader", { name: /^Training/ }), /Training\s*\d+ samples/);
    await expectText(dialog().getByRole("columnheader", { name: /^Test/ }), /Test\s*30 samples/);
    await expectText(dialog().getByRole("rowheader", { name: /^loss/ }), /lossnats/);
    await expectText(dialog().locator('[data-measured="test.accuracy"]'), /95 % interval [\d.]+–[\d.]+ %/);
    await expectText(dialog().locator('[data-measured="test.accuracy"]'), fact);
    await expectText(dialog().locator('[data-measured="train.accuracy"]'), /%$/);
    await expectText(dialog().locator('[data-measured="validation.loss"]'), /\d/);
    await expectAccessible(page, 15);
    await page.keyboard.press("Escape");
    const folder = path.join(home, "reproduced");
    await page.getByRole("button", { name: /^Reproduce in PyTorch/ }).click();
    await dialog().getByRole("textbox", { name: "New folder on this machine" }).fill(folder);
    await page.keyboard.press("Enter");
    await expectText(dialog().getByRole("status"), `python3 ${folder}/train.py`);
    expect(existsSync(path.join(folder, "train.py"))).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /^Find wrong labels/ }).click();
    await expectText(page.getByRole("combobox", { name: "Run that judges" }).locator("option:checked"), "iris-mlp");
    await page.goto(workbench);
    await page.getByRole("link", { name: /^What the network saw/ }).click();
    await page.getByTestId("seen").waitFor();
    await page.goto(workbench);
    await expectAccessible(page);
  });
});
