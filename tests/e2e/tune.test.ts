/** A study from ticks to its end, in a real Chromium: made in the workbench, watched, brushed, narrowed while it runs, understood, and its best trained. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { eventually, expectAccessible, expectText, statusOf } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: the screen Tune is not tested, because no Chromium was found (name one in CHROMIUM_PATH)");

describe.skipIf(executable === null)("the screen Tune", () => {
  const { home, remove } = temporaryHome();
  let host: Host;
  let browser: Browser;
  let page: Page;
  const unexpected: string[] = [];

  const trialRows = () => page.locator("[data-trial]");
  /** Whether fewer trials are selected than there are. */
  const isNarrowed = async () => {
    const text = await page.getByRole("status").filter({ hasText: "selected" }).textContent();
    const [selected, all] = (text ?? "").match(/\d+/g) ?? [];
    return selected !== all;
  };
  const trialNumber = async () => Number(await trialRows().first().getAttribute("data-trial"));
  /** The learning rates in the rows of the table: the column behind the number, the state and the objective. */
  const shownRates = async () => (await trialRows().locator("td:nth-child(5)").allTextContents()).map(Number);
  const studyStatus = () => page.getByRole("main").locator("[data-status]");

  beforeAll(async () => {
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    const context = await browser.newContext({ colorScheme: "light", locale: "en-US", viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on("pageerror", ({ message }) => unexpected.push(message));
    await page.goto(host.url);
    await page.getByRole("heading", { name: "Nothing has been trained here yet" }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
  });

  it("lists nothing at first, and offers studies to start", async () => {
    await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Tune" }).click();
    await page.getByRole("heading", { name: "No study yet" }).waitFor();
    await eventually(() => page.getByRole("region", { name: "Starter studies" }).getByRole("listitem").count()).toBe(3);
  });

  it("makes a study from ticked fields, with conditions by themselves and a check before the start", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search screens and actions" }).fill("edit iris");
    await page.getByRole("button", { name: /Edit iris-mlp/ }).click();
    await page.getByRole("button", { name: "Tune this" }).click();
    await page.getByRole("checkbox", { name: "Search over Learning rate", exact: true }).check();
    await page.getByRole("checkbox", { name: "Search over Optimizer", exact: true }).check();
    // The types' own fields are offered, and exist only with those types.
    await page.getByRole("button", { name: "Momentum", exact: true }).last().click();
    await page.getByRole("checkbox", { name: "Search over Batch size", exact: true }).check();
    await expectText(page.getByRole("region", { name: "Search space" }).getByRole("status"), "4 fields ticked");
    await page.getByRole("link", { name: "Set up the study" }).click();
    await page.getByRole("heading", { name: "New study" }).waitFor();
    await expectText(page.locator("[data-parameter='optimizer.momentum']"), "Only when optimizer is");
    await page.getByLabel("optimizer.lr: smallest value").first().fill("0.0001");
    await page.getByRole("combobox", { name: "Sampler", exact: true }).selectOption("tpe");
    await page.getByRole("spinbutton", { name: "Trials", exact: true }).fill("2000");
    await page.getByRole("spinbutton", { name: "Baseline trials" }).fill("4");
    await expectText(page.getByRole("region", { name: "What the studio says" }), "Can be trained");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Start the study" }).click();
    await expectText(studyStatus(), "Running");
  });

  it("links the table with every plot: numbers, chips and a brush narrow the same selection", async () => {
    await eventually(() => page.locator("[data-trial] [data-state='completed']").count()).toBeGreaterThan(7);
    await page.keyboard.press("2");
    await page.getByRole("button", { name: "Filter by numbers" }).click();
    await page.getByLabel("optimizer.lr: at least").fill("0.01");
    await eventually(isNarrowed).toBe(true);
    expect(Math.min(...(await shownRates()))).toBeGreaterThanOrEqual(0.01);
    await page.getByRole("button", { name: "Select all" }).click();
    await eventually(isNarrowed).toBe(false);
    await page.getByRole("group", { name: "States shown" }).getByRole("button", { name: "Completed" }).click();
    await eventually(isNarrowed).toBe(true);
    expect(await page.locator("[data-trial] [data-state='completed']").count()).toBe(0);
    await page.getByRole("button", { name: "Select all" }).click();
    // A brush along the axis of the learning rate, from its middle to its upper end.
    const box = await page.getByRole("figure", { name: "Parallel coordinates" }).getByRole("group").boundingBox();
    if (box === null) throw new Error("no parallel coordinates");
    await page.mouse.move(box.x + 56, box.y + 160);
    await page.mouse.down();
    await page.mouse.move(box.x + 56, box.y + 100, { steps: 3 });
    await page.mouse.move(box.x + 56, box.y + 47, { steps: 3 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Narrow to the selection" }).waitFor();
    const low = Number(await page.getByLabel("optimizer.lr: at least").inputValue());
    expect(low).toBeGreaterThan(0.0002);
    await eventually(isNarrowed).toBe(true);
    expect(Math.min(...(await shownRates()))).toBeGreaterThanOrEqual(low * 0.999);
  });

  it("narrows the range while it runs: trials after that lie inside", async () => {
    const low = Number(await page.getByLabel("optimizer.lr: at least").inputValue());
    await page.getByRole("button", { name: "Narrow to the selection" }).click();
    await page.keyboard.press("3");
    await page.getByRole("button", { name: "Select all" }).click();
    const from = page.getByRole("region", { name: "Search space" }).getByRole("textbox", { name: "optimizer.lr: smallest value" });
    await eventually(() => from.inputValue().then(Number)).toBeCloseTo(low, 3);
    await expectText(page.getByRole("region", { name: "Changes so far" }), "ranges");
    // Those that were proposed before may still be waiting.
    const newest = await trialNumber();
    await eventually(trialNumber).toBeGreaterThan(newest + 6);
    expect(Math.min(...(await shownRates()).slice(0, 3))).toBeGreaterThanOrEqual(low * 0.999);
  });

  it("says why a trial was proposed, and has no violation of axe in either scheme", async () => {
    await page.keyboard.press("2");
    await trialRows().nth(2).getByRole("button").click();
    const panel = page.getByRole("region", { name: /^Trial \d+$/ });
    await expectText(panel, "Why this trial");
    // What the sampler wanted along each parameter that the trial has.
    await eventually(() => panel.getByRole("figure", { name: /What the sampler believed along optimizer\.lr/ }).count()).toBe(1);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("pauses, and opens the best as a recipe, which trains", async () => {
    // Space belongs to the button that has the focus; away from buttons it pauses.
    const chip = page.getByRole("group", { name: "States shown" }).getByRole("button", { name: "Completed" });
    await chip.press("Space");
    await eventually(() => chip.getAttribute("aria-pressed")).toBe("false");
    await expectText(studyStatus(), "Running");
    await page.getByRole("main").focus();
    await page.keyboard.press("Space");
    await expectText(studyStatus(), "Paused");
    await page.keyboard.press("4");
    await page.getByRole("button", { name: "Open the best as a recipe" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await eventually(() => statusOf(page).getAttribute("data-status")).toBe("completed");
    expect(unexpected).toEqual([]);
  });
});
