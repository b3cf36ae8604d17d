/** One's own images in a real Chromium, from a dropped folder to what the network saw: the built host, a home of its own, real training. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RandomStream } from "../../src/shared/math/random.ts";
import { keyIn } from "../helpers/code.ts";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { eventually, expectAccessible, expectText, offeredUndo, statusOf } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: the data room is not tested, because no Chromium was found (name one in CHROMIUM_PATH)");

const SIDE = 16;
const A_CLASS = 60;

/** Bright bars that stand and bright bars that lie, on dark grain; and one file that is no image. */
async function writeImages(folder: string): Promise<void> {
  const random = new RandomStream(1, "e2e/images");
  for (const [label, name] of ["lying", "standing"].entries()) {
    mkdirSync(path.join(folder, name), { recursive: true });
    for (let i = 0; i < A_CLASS; i++) {
      const at = 3 + random.below(SIDE - 6, 2 * i + label);
      const pixels = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, k) => {
        const [x, y] = [Math.floor(k / 4) % SIDE, Math.floor(k / 4 / SIDE)];
        const bar = Math.abs((label === 0 ? y : x) - at) <= 1;
        return k % 4 === 3 ? 255 : (bar ? 180 : 20) + random.below(50, 1000 + i * 4096 + Math.floor(k / 4) + label * 500_000);
      });
      writeFileSync(path.join(folder, name, `${String(i).padStart(3, "0")}.png`), await Transformer.fromRgbaPixels(pixels, SIDE, SIDE).png());
    }
  }
  writeFileSync(path.join(folder, "lying", "broken.png"), "this is no image");
}

/** A canvas, as far as it is looked at; the tests know no page's types. */
interface Drawn {
  toDataURL(): string;
}
const dataUrl = (canvas: unknown): string => (canvas as Drawn).toDataURL();

describe.skipIf(executable === null)("the data room", () => {
  const { home, remove } = temporaryHome();
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-e2e-bars-"));
  keyIn(path.join(folder, "config"));
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    await writeImages(path.join(folder, "bars"));
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    context = await openContext(browser, { viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(host.url);
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    complaints = [];
  });

  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  const show = (hash: string) => page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);

  const bothSchemes = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.emulateMedia({ colorScheme: "light" });
  };

  it("takes a folder that is dropped on the window, says what it is, and keeps it", async () => {
    await page.getByRole("link", { name: "Data", exact: true }).click();
    await page.getByRole("button", { name: "Choose a folder…" }).waitFor();
    // As the operating system drops it: the page gets entries of a real folder.
    const session = await context.newCDPSession(page);
    const data = { items: [], files: [path.join(folder, "bars")], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
    await page.getByRole("heading", { name: "Recognised" }).waitFor();
    await expectText(page.locator("main"), /120/);
    await bothSchemes();
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByRole("heading", { name: "bars", level: 2 }).waitFor();
  });

  it("shows what is in it and what is wrong with it, and exports that", async () => {
    await expectText(page.locator("main"), /All 120 samples/);
    await expectText(page.locator("main"), /2 classes/);
    await expectText(page.locator("main"), /lying/);
    const problems = page.getByRole("region", { name: "Problems" });
    await expectText(problems, /cannot be read|could not be read/);
    const download = page.waitForEvent("download");
    await problems.getByRole("button", { name: "Export as CSV" }).click();
    const stream = await (await download).createReadStream();
    let csv = "";
    for await (const part of stream) csv += String(part);
    expect(csv).toContain("broken.png");
    await bothSchemes();
  });

  it("shows two augmentations while they are set, by the keyboard", async () => {
    await page.getByRole("button", { name: "Augment…" }).click();
    const add = page.getByRole("button", { name: "Add an augmentation" });
    for (const [name, title] of [
      ["affine", "Affine transformation"],
      ["cutout", "Cutout"],
    ] as const) {
      await add.focus();
      await page.keyboard.press("Enter");
      await page.locator('input[placeholder="Search augmentations"]:focus').waitFor();
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
      await page.getByRole("switch", { name: new RegExp(`\\d\\. ${title}`) }).waitFor();
    }
    const variants = page.getByTestId("variants").locator("canvas");
    await eventually(() => variants.count()).toBe(16);
    const pixels = () => variants.first().evaluate(dataUrl);
    const before = await pixels();
    // A slider is moved by keys, and the image follows.
    await page.getByRole("slider").nth(1).focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
    await eventually(pixels).not.toBe(before);
    await bothSchemes();
  });

  it("trains on it", async () => {
    await page.getByRole("link", { name: "Open in the workbench" }).click();
    await expectText(page.getByRole("region", { name: "Recipe" }), /Affine transformation/);
    // Enough for these bars, and three runs have them.
    await page.getByLabel("Epochs", { exact: true }).fill("12");
    await eventually(() => page.getByRole("button", { name: "Start", exact: true }).isEnabled()).toBe(true);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expectText(statusOf(page), "Completed");
    expect(Number.parseFloat((await page.locator('[data-metric="test.accuracy"]').textContent()) ?? "")).toBeGreaterThan(60);
  });

  it("trains it with and without augmentation, and says what can be said of the difference", async () => {
    await show("#/augment");
    await page.getByText("With and without", { exact: true }).click();
    await page.getByRole("button", { name: "Train both" }).click();
    const verdict = page.locator("[data-verdict]");
    await eventually(() => verdict.getAttribute("data-verdict")).toMatch(/better|worse|same/);
    // 18 validation samples and one seed.
    await expectText(verdict, /95 % interval from .+ to .+18 validation samples, 1 seed/);
    await bothSchemes();
  });

  it("shows what the network saw at a step of the run that was augmented", async () => {
    await page.getByText("What the network saw").click();
    // The run that ended last had no augmentation: the one that had is opened.
    await eventually(() => page.getByLabel("Run", { exact: true }).locator("option:checked").textContent()).toMatch(/With augmentation/);
    const pairs = page.getByTestId("seen").locator("li");
    await eventually(() => pairs.count()).toBeGreaterThan(7);
    // Drawn one after the other, and those of the other run before.
    const differs = async () => {
      const [original, seen] = await pairs
        .first()
        .locator("canvas")
        .evaluateAll((canvases: readonly unknown[]) => canvases.map((canvas) => (canvas as Drawn).toDataURL()));
      return original !== undefined && seen !== undefined && original !== seen;
    };
    await eventually(differs).toBe(true);
    await bothSchemes();
  });

  it("adds a table, its columns set one by one", async () => {
    const table = path.join(folder, "people.csv");
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${20 + (i % 9)},2020-01-${String(1 + (i % 28)).padStart(2, "0")},${i % 2 === 0 ? "yes" : "no"}`);
    writeFileSync(table, `id,age,joined,sick\n${rows.join("\n")}\n`);
    await show("#/data");
    await page.getByLabel("Or a path on this machine").fill(table);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Recognised" }).waitFor();
    await expectText(page.locator("main"), /2020-01-02/);
    // What counts the rows is unticked by itself; a tick takes it in, and another click leaves it out again.
    const id = page.getByRole("checkbox", { name: "Use id as a feature" });
    await id.focus();
    for (const used of [true, false]) {
      await page.keyboard.press("Space");
      await eventually(() => id.isChecked()).toBe(used);
    }
    await page.getByLabel("Kind of age").selectOption("categorical");
    await bothSchemes();
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.locator("main"), /All 60 samples/);
    const columns = page.getByRole("grid", { name: /^Columns/ });
    await expectText(columns.getByRole("row", { name: /^id / }), /ignored/);
    await expectText(columns.getByRole("row", { name: /^age / }), /categories/);
    await expectText(columns.getByRole("row", { name: /^joined / }), /2020-01-28/);
  });

  it("asks before code runs, says what it may do, and takes the permission back", async () => {
    const file = path.join(folder, "squares.mjs");
    writeFileSync(file, "export default class { length = 40; get(i) { return { sample: [i, i * i], target: i % 2 === 0 ? 'even' : 'odd' }; } }");
    await show("#/data");
    await page.getByLabel("Or a path on this machine").fill(file);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Allow this code to run?" });
    const allow = dialog.getByRole("button", { name: "Allow it" });
    await eventually(() => allow.isEnabled()).toBe(true);
    for (const words of [file, "bytes", "SHA-256", folder, "network", "environment variables"]) expect(await dialog.textContent()).toContain(words);
    await bothSchemes();
    // The key that is at hand is the careful one.
    await page.keyboard.press("Enter");
    await eventually(() => dialog.count()).toBe(0);
    await expectText(page.locator("main"), /must be allowed before its code runs/);
    await page.getByRole("button", { name: "See what it may do" }).click();
    await eventually(() => allow.isEnabled()).toBe(true);
    await allow.click();
    await page.getByRole("heading", { name: "Recognised" }).waitFor();
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.locator("main"), /All 40 samples/);
    await page.getByRole("button", { name: "Forget permission" }).click();
    await expectText(page.locator("main"), /must be allowed before its code runs/);
    await eventually(() => page.getByRole("button", { name: "Forget permission" }).count()).toBe(0);
  });

  it("takes it off the list and brings it back", async () => {
    await show("#/data");
    await page.getByRole("option", { name: /bars/ }).click();
    await page.getByRole("heading", { name: "bars", level: 2 }).waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    const undo = await offeredUndo(page, "bars");
    await eventually(() => page.getByRole("option", { name: /bars/ }).count()).toBe(0);
    await undo.click();
    await eventually(() => page.getByRole("option", { name: /bars/ }).count()).toBe(1);
  });
});
