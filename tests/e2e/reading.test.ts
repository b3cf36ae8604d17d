/** Data as people have them, in a real Chromium: what was judged is seen, changed with one click and taken back, kept, changed later, and trained. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RandomStream } from "../../src/shared/math/random.ts";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { eventually, expectAccessible, expectText, hasFocus, offeredUndo, statusOf } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: how data are read is not tested in the window, because no Chromium was found (name one in CHROMIUM_PATH)");

const SIDE = 8;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

/** Two kinds of flowers without a line of names. */
function headless(): string {
  const random = new RandomStream(1, "e2e/headless");
  const rows = Array.from(
    { length: 80 },
    (_, i) => `${(random.below(20, 2 * i) + (i % 2) * 30) / 10},${random.below(40, 2 * i + 1) / 10},${i % 2 === 0 ? "setosa" : "virginica"}`,
  );
  return `${rows.join("\n")}\n`;
}

/** Sizes, and prices of few different values with decimals; the rows counted, a gap, a date. */
function prices(): string {
  const random = new RandomStream(2, "e2e/prices");
  const rows = Array.from({ length: 80 }, (_, i) => {
    const rooms = 1 + random.below(5, i);
    return `${i + 1},${i % 9 === 0 ? "" : 20 + 15 * rooms + random.below(10, 1000 + i)},2021-0${1 + (i % 9)}-11,${rooms * 1.5 + 0.5}`;
  });
  return `id,area,sold,price\n${rows.join("\n")}\n`;
}

/** Parts by other names, and a folder that is none. */
async function writePets(folder: string): Promise<void> {
  const random = new RandomStream(3, "e2e/pets");
  const places = ["training_set/cats", "training_set/dogs", "test_set/cats", "test_set/dogs", "unlabelled"];
  for (const [where, place] of places.entries()) {
    mkdirSync(path.join(folder, place), { recursive: true });
    for (let i = 0; i < 20; i++) {
      const level = place.endsWith("cats") ? 180 : 40;
      const pixels = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, k) => (k % 4 === 3 ? 255 : level + random.below(60, (where * 20 + i) * 1000 + k)));
      writeFileSync(path.join(folder, place, `${i}.png`), await Transformer.fromRgbaPixels(pixels, SIDE, SIDE).png());
    }
  }
}

describe.skipIf(executable === null)("how data are read", () => {
  const { home, remove } = temporaryHome();
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-e2e-reading-"));
  const file = (name: string) => path.join(folder, name);
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    writeFileSync(file("headless.csv"), headless());
    writeFileSync(file("prices.csv"), prices());
    writeFileSync(file("table.dump"), headless().replaceAll(",", ";"));
    await writePets(file("pets"));
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    context = await openContext(browser, { viewport: SIZES[0] });
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
  const look = async (name: string) => {
    await show("#/data");
    await page.getByLabel("Or a path on this machine").fill(file(name));
    await page.keyboard.press("Enter");
  };
  const recognised = () => page.getByRole("heading", { name: "Recognised" }).waitFor();
  const judged = () => page.getByRole("group", { name: "What was judged" });

  /** Nothing for axe, and nothing that sticks out at the right, at both sizes and in both schemes. @param large the scheme at the larger size */
  const inBothLooks = async (large: "light" | "dark" = "light") => {
    for (const [index, size] of SIZES.entries()) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: (large === "light") === (index === 0) ? "light" : "dark" });
      await expectAccessible(page);
      expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    }
    await page.setViewportSize(SIZES[0]);
    await page.emulateMedia({ colorScheme: "light" });
  };

  const speak = async (button: string, language: "English" | "한국어") => {
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("menuitemradio", { name: language }).click();
    await page.keyboard.press("Escape");
  };

  const train = async () => {
    await page.getByRole("button", { name: "Train on it" }).click();
    const start = page.getByRole("button", { name: "Start", exact: true });
    await page.getByLabel("Epochs", { exact: true }).fill("3");
    await eventually(() => start.isEnabled()).toBe(true);
    await start.click();
    await expectText(statusOf(page), "Completed");
  };

  it("says that a table has no line of names, and reads the line as one and back with one click each, by the keyboard", async () => {
    await look("headless.csv");
    await recognised();
    await expectText(judged(), /first line/i);
    await expectText(page.locator("main"), /Samples\s*80/);
    await inBothLooks();

    await judged().getByRole("button").first().focus();
    await page.keyboard.press("Enter");
    await expectText(page.locator("main"), /Samples\s*79/);
    await expectText(judged(), /Changed: /);
    await expectText(judged().getByRole("status"), /Changed: /);
    const back = judged().getByRole("button", { name: "Take back" });
    await eventually(() => hasFocus(back)).toBe(true);
    await page.keyboard.press("Enter");
    await expectText(page.locator("main"), /Samples\s*80/);
    await expectText(judged(), /first line/i);
    await eventually(() => hasFocus(judged().getByRole("button").first())).toBe(true);
    await expectText(page.getByText("It can be read this way"), /./);
  });

  it("is added as it was judged, and trained", async () => {
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.locator("main"), /All 80 samples/);
    await expectText(judged(), /first line/i);
    await train();
  });

  it("says it in Korean too", async () => {
    await show("#/data");
    await page.getByRole("option", { name: /headless/ }).click();
    await expectText(judged(), /./);
    await speak("Appearance and language", "한국어");
    const korean = page.getByRole("group", { name: "스스로 판단한 것" });
    await expectText(korean, /첫/);
    await inBothLooks("dark");
    await page.getByRole("button", { name: "읽는 방법 바꾸기…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "이렇게 읽기" }).waitFor();
    await inBothLooks("dark");
    await page.keyboard.press("Escape");
    await speak("모양과 언어", "English");
  });

  it("takes a decimal for a number to predict, unticks what counts the rows, and says what training does with gaps and dates", async () => {
    await look("prices.csv");
    await recognised();
    await expectText(judged(), /number/);
    const id = page.getByRole("checkbox", { name: "Use id as a feature" });
    await eventually(() => id.isChecked()).toBe(false);
    expect(await id.getAttribute("aria-describedby")).not.toBeNull();
    await id.focus();
    await page.keyboard.press("Space");
    await expectText(page.locator("main"), /Shape\s*3/);
    await page.keyboard.press("Space");
    await expectText(page.locator("main"), /Shape\s*2/);
    await inBothLooks();
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.locator("main"), /All 80 samples/);
    const treatments = page.getByTestId("treatments");
    await expectText(treatments, /id.*left out/s);
    await expectText(treatments, /area\s*9 missing: filled with the median/);
    await expectText(treatments, /sold\s*days since 1970/);
    await inBothLooks();
  });

  it("reads it as classes with one click on its page, takes that back, and trains it as a number", async () => {
    await judged().getByRole("button").first().click();
    await expectText(page.locator("main"), /Target\s*5 classes/);
    await judged().getByRole("button", { name: "Take back" }).click();
    await expectText(page.locator("main"), /Target\s*1 value/);
    await expectText(page.locator("main"), /All 80 samples/);
    await train();
    await expectText(page.locator("main"), /meanAbsoluteError|mean absolute error/i);
  });

  it("reads a folder with an odd part by its parts, says what is left out, takes it in and out with one click each, and trains", async () => {
    await look("pets");
    await recognised();
    await expectText(page.locator("main"), /2 classes: cats, dogs/);
    await expectText(page.locator("main"), /Own test part\s*40/);
    await expectText(judged(), /"unlabelled" is left out/);
    await judged().getByRole("button", { name: "It is a class" }).click();
    await expectText(page.locator("main"), /3 classes: cats, dogs, unlabelled/);
    await judged().getByRole("button", { name: "Take back" }).click();
    await expectText(page.locator("main"), /2 classes: cats, dogs/);
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.getByRole("region", { name: "Problems" }), /unlabelled.*left out/);
    await inBothLooks();
    await train();
  });

  it("changes how a data set is read after it was added, with the form of the import, and offers the way back", async () => {
    await show("#/data");
    await page.getByRole("option", { name: /prices/ }).click();
    await page.getByRole("button", { name: "Change how it is read…" }).click();
    const dialog = page.getByRole("dialog", { name: "How “prices” is read" });
    await expectText(dialog, /keep how it was read/);
    await dialog.getByRole("checkbox", { name: "Use sold as a feature" }).click();
    await expectText(dialog, /Shape\s*1/);
    await inBothLooks();
    await dialog.getByRole("button", { name: "Read it this way" }).click();
    await eventually(() => dialog.count()).toBe(0);
    const undo = await offeredUndo(page, "prices");
    await expectText(page.locator("main"), /Shape\s*1/);
    await undo.click();
    await expectText(page.locator("main"), /Shape\s*2/);
  });

  it("changes how a recipe reads its data with the same form", async () => {
    await page.getByRole("button", { name: "Train on it" }).click();
    const recipe = page.getByRole("region", { name: "Recipe" });
    await expectText(recipe, /prices\.csv/);
    await recipe.getByRole("button", { name: "Change how it is read…" }).click();
    const dialog = page.getByRole("dialog", { name: "How “prices.csv” is read" });
    await dialog.getByLabel("Kind of area").selectOption("categorical");
    await dialog.getByRole("button", { name: "Read it this way" }).click();
    await eventually(() => dialog.count()).toBe(0);
    await expectText(recipe, /Column kinds\s*area: categorical/);
    expect(await recipe.textContent()).not.toMatch(/[{[]"/);
    await inBothLooks();
  });

  it("lets a file that nothing recognises be read as the person says", async () => {
    await look("table.dump");
    await expectText(page.locator("main"), /This could not be read/);
    await inBothLooks();
    await page.getByLabel("Read it as").selectOption("csv");
    await page.getByRole("button", { name: "Open the form" }).click();
    await expectText(page.locator("main"), /It can be read this way/);
    await expectText(page.locator("main"), /2 classes: setosa, virginica/);
    await inBothLooks();
    await page.getByRole("button", { name: "Add it" }).click();
    await expectText(page.locator("main"), /All 80 samples/);
  });
});
