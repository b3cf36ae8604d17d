/** The model and its training as a person composes them: a preset, layers inside layers, a schedule, the search for a learning rate. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { eventually, expectAccessible, expectText, hasFocus, offeredUndo } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: the model's form is not tested, because no Chromium was found (name one in CHROMIUM_PATH)");

describe.skipIf(executable === null)("the model's form", () => {
  const { home, remove } = temporaryHome();
  let host: Host;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(host.url);
    await page.getByRole("heading", { name: "Nothing has been trained here yet" }).waitFor();
    await page.evaluate(`void (location.hash = "#/workbench")`);
    await page.getByRole("button", { name: "Starters" }).click();
    await page.getByRole("menuitem", { name: /digits-cnn/ }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
    expect(complaints).toEqual([]);
  });

  const inner = () => page.getByRole("group", { name: "Layers", exact: true }).first();
  const layerIn = (number: number) => inner().getByRole("button", { name: new RegExp(`^Layer ${number}:`) });

  it("begins from a preset, with shapes and parameter counts, and takes it back", async () => {
    const first = page.getByRole("button", { name: /^Layer 1:/ }).first();
    await expectText(first, "conv1");
    await page.getByRole("button", { name: "Begin from a preset" }).click();
    expect(await page.getByRole("menuitem", { name: /^LeNet-5/ }).isDisabled()).toBe(true);
    await page.getByRole("menuitem", { name: /^ResNet-8/ }).click();
    const undo = await offeredUndo(page, "ResNet-8");
    await expectText(page.getByRole("button", { name: /^Layer 4:/ }).first(), /residual1.*16×8×8.*4,672 parameters/);
    await expectText(page.getByTestId("parameter-total"), "parameters");
    await undo.click();
    await expectText(first, "conv1");
    await page.getByRole("button", { name: "Begin from a preset" }).click();
    await page.getByRole("menuitem", { name: /^ResNet-8/ }).click();
  });

  it("says what a layer's weights begin with behind a line that is folded, and takes it back", async () => {
    const first = page.getByRole("button", { name: /^Layer 1:/ }).first();
    await first.click();
    const fold = page.getByRole("button", { name: "Initialization", exact: true });
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    expect(await page.getByLabel("Weights", { exact: true }).count()).toBe(0);
    await fold.focus();
    await page.keyboard.press("Enter");
    const weights = page.getByLabel("Weights", { exact: true });
    expect(await weights.locator("option").first().textContent()).toBe("usual: He (Kaiming)");
    await weights.selectOption("truncatedNormal");
    await expectText(first, "initialization weights truncated normal");
    expect(await page.getByLabel("Standard deviation", { exact: true }).inputValue()).toBe("0.05");
    await weights.selectOption("");
    await eventually(async () => (await first.textContent())?.includes("initialization")).toBe(false);
    await first.click();
  });

  it("adds, moves, duplicates and removes layers inside a container by keys alone", async () => {
    const residual = page.getByRole("button", { name: /^Layer 4: Residual block/ }).first();
    await residual.focus();
    await page.keyboard.press("Enter");
    await expectText(layerIn(1), /conv2d1.*16×8×8/);
    await inner().getByRole("button", { name: "Add a layer" }).focus();
    await page.keyboard.press("Enter");
    await page.locator('input[placeholder="Search layers"]:focus').waitFor();
    await page.keyboard.type("spatialdrop");
    await page.keyboard.press("Enter");
    await expectText(layerIn(6), /spatialDropout1.*16×8×8/);
    await layerIn(6).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expectText(layerIn(5), "spatialDropout1");
    await page.keyboard.press("Control+d");
    await expectText(layerIn(6), "spatialDropout2");
    await page.keyboard.press("Delete");
    await expectText(layerIn(6), "batchNorm2");
    await eventually(() => page.getByText("Ready to start").count()).toBe(1);
  });

  it("says what does not fit inside a container, at the field, with the remedy", async () => {
    await layerIn(4).click();
    const filters = inner().getByRole("spinbutton", { name: "Filters" }).first();
    await filters.fill("8");
    await expectText(page.locator('[data-problem="model.layers[3].shortcut"]'), /must give what the layers give.*the shortcut/);
    await filters.fill("16");
    await eventually(() => page.getByText("Ready to start").count()).toBe(1);
    await residualClosed();
  });

  async function residualClosed(): Promise<void> {
    await page
      .getByRole("button", { name: /^Layer 4: Residual block/ })
      .first()
      .click();
  }

  it("draws the network beside the form: each leads to the other, by mouse and by keys, and the divider between them moves", async () => {
    const box = (id: string) => page.locator(`[data-box="${id}"]`);
    const formLayer = (number: number) => page.getByRole("button", { name: new RegExp(`^Layer ${number}:`) }).first();
    await expectText(box("residual1/conv2d2"), /16×8×8.*2,304 parameters/);
    await expectText(page.getByRole("region", { name: "Run", exact: true }), /29 layers · 75,002 parameters · 747,136 multiply-adds per sample/);
    await box("residual1").click();
    await eventually(() => hasFocus(formLayer(4))).toBe(true);
    await eventually(() => box("residual1").getAttribute("aria-current")).toBe("true");
    await box("input").focus();
    await page.keyboard.press("ArrowDown");
    await eventually(() => hasFocus(box("conv2d1"))).toBe(true);
    await page.keyboard.press("Enter");
    await eventually(() => hasFocus(formLayer(1))).toBe(true);
    await formLayer(6).focus();
    await eventually(() => box("residual2").getAttribute("aria-current")).toBe("true");
    const divider = page.getByRole("separator", { name: /^Width of the form/ });
    const width = async () => Number(await divider.getAttribute("aria-valuenow"));
    const before = await width();
    await divider.focus();
    await page.keyboard.press("ArrowRight");
    await eventually(width).toBe(before + 16);
    await divider.dblclick();
    await eventually(width).toBe(before);
  });

  it("previews a schedule behind a warm-up", async () => {
    await page.getByRole("combobox", { name: "Schedule" }).selectOption("cosine");
    await page.getByRole("spinbutton", { name: "Warm-up", exact: true }).fill("2");
    await eventually(() => page.getByRole("img", { name: /^Learning rate, by epoch/ }).getAttribute("aria-label")).toMatch(
      /starts at 1e−4, is highest at epoch 2 with 0\.001/,
    );
  });

  it("finds a learning rate while its curve grows, and takes it over", { timeout: 240_000 }, async () => {
    await page.getByRole("button", { name: "Find the learning rate" }).click();
    const dialog = page.getByRole("dialog", { name: "Learning-rate range test" });
    const use = dialog.getByRole("button", { name: /^Use / });
    await use.waitFor({ timeout: 120_000 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.emulateMedia({ colorScheme: "light" });
    const suggested = ((await use.textContent()) ?? "").replace("Use ", "");
    expect(await dialog.locator('[data-verdict="suggested"]').textContent()).toContain(`${suggested} is suggested`);
    const curve = dialog.getByRole("slider", { name: "Learning rate on the curve" });
    expect(await curve.textContent()).toContain(`suggested ${suggested}`);
    expect(await curve.textContent()).toContain("now 0.001");
    await curve.focus();
    await page.keyboard.press("ArrowRight");
    const rate = ((await use.textContent()) ?? "").replace("Use ", "");
    expect(Number(rate)).toBeGreaterThan(Number(suggested));
    expect(await curve.getAttribute("aria-valuetext")).toContain(`learning rate ${rate}, training loss `);
    await use.click();
    await eventually(() => page.getByRole("spinbutton", { name: "Learning rate", exact: true }).inputValue()).toBe(rate);
  });

  it("groups parameters, holds them with penalties, and has nothing for axe to find", async () => {
    await page.getByRole("region", { name: "Optimize" }).getByRole("button", { name: /^More/ }).last().click();
    await page.getByRole("button", { name: "Add to parameter groups" }).click();
    await page.getByRole("combobox", { name: "Parameters", exact: true }).fill("conv9/*");
    await expectText(page.locator('[data-problem="parameterGroups[0].match"]'), "must match a parameter's address");
    await page.getByRole("combobox", { name: "Parameters", exact: true }).fill("*/bias");
    await page.getByRole("spinbutton", { name: "L2 penalty" }).fill("0.0001");
    await eventually(() => page.getByText("Ready to start").count()).toBe(1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  });

  it("starts every fold of a split with one button, and shows their runs alone", { timeout: 240_000 }, async () => {
    await page.evaluate(`void (location.hash = "#/workbench")`);
    await page.getByRole("button", { name: "Starters" }).click();
    await page.getByRole("menuitem", { name: /iris-mlp/ }).click();
    await page.getByRole("spinbutton", { name: "Epochs" }).first().fill("2");
    const all = page.getByRole("button", { name: /^All \d+ folds$/ });
    expect(await all.count()).toBe(0);
    await page.getByRole("combobox", { name: "Split method" }).selectOption("kFold");
    await page.getByRole("spinbutton", { name: "Folds", exact: true }).fill("3");
    await expectText(all, "All 3 folds");
    await all.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Runs", exact: true }).waitFor();
    expect(await page.getByRole("textbox", { name: /filter/i }).inputValue()).toBe("iris-mlp · fold");
    const rows = page.getByRole("row").filter({ hasText: /iris-mlp · fold \d\/3/ });
    await eventually(() => rows.filter({ hasText: "Completed" }).count()).toBe(3);
  });
});
