/** The studio in a real Chromium, as a person uses it: the built host, a home of its own, real training. */
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { descent, type Host, startHost, temporaryHome } from "./host.ts";
import { curvePoints, eventually, expectAccessible, expectText, fieldPositions, hasFocus, offeredUndo, statusOf } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: the window is not tested, because no Chromium was found (name one in CHROMIUM_PATH)");

describe.skipIf(executable === null)("the studio's window", () => {
  const { home, remove } = temporaryHome();
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    context = await openContext(browser, { viewport: { width: 1440, height: 900 } });
    page = await newPage();
    await page.goto(host.url);
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
  });

  beforeEach(() => {
    complaints = [];
  });

  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  /** A page that remembers what its console complains of: a blocked script, an exception, a warning of React. */
  async function newPage(): Promise<Page> {
    const opened = await context.newPage();
    opened.on("pageerror", (error) => complaints.push(String(error)));
    opened.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    return opened;
  }

  const show = (hash: string) => page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);

  it("greets with starter recipes that axe finds nothing wrong with", async () => {
    await page.getByRole("heading", { name: "Nothing has been trained here yet" }).waitFor();
    for (const name of ["digits-cnn", "fashion-cnn", "iris-mlp"]) await page.getByRole("button", { name: `Train it: ${name}` }).waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.emulateMedia({ colorScheme: "light" });
  });

  let testAccuracy = "";

  it("trains a starter with a live curve, pauses, survives a reload, resumes, and ends", async () => {
    await page.getByRole("button", { name: "Train it: digits-cnn" }).click();
    await eventually(() => curvePoints(page, "Loss")).toBeGreaterThan(2);
    const early = await curvePoints(page, "Loss");
    await expectText(statusOf(page), "Running");
    await eventually(() => curvePoints(page, "Loss")).toBeGreaterThan(early);

    await page.keyboard.press("Space");
    await expectText(statusOf(page), "Paused");
    const paused = await page.getByTestId("steps").textContent();
    const points = await curvePoints(page, "Loss");

    await page.reload();
    await expectText(statusOf(page), "Paused");
    await eventually(() => page.getByTestId("steps").textContent()).toBe(paused);
    await eventually(() => curvePoints(page, "Loss")).toBeGreaterThanOrEqual(points);

    await page.keyboard.press("Space");
    await expectText(statusOf(page), /Queued|Running/);
    await expectText(statusOf(page), "Completed");
    await expectText(page.getByTestId("steps"), "step 600 of 600");
    testAccuracy = (await page.locator('[data-metric="test.accuracy"]').textContent()) ?? "";
    expect(Number.parseFloat(testAccuracy)).toBeGreaterThan(90);
    expect(await curvePoints(page, "Accuracy")).toBeGreaterThan(100);
  });

  it("shows finer data of a range that is dragged over, and all of it after a double click", async () => {
    const surface = page.getByRole("region", { name: "Loss", exact: true }).locator("[data-chart-surface]");
    const box = await surface.boundingBox();
    if (box === null) throw new Error("the loss chart has no surface");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 });
    await page.mouse.up();
    const zoomed = page.getByRole("button", { name: /Steps \d+ to \d+/ });
    await zoomed.waitFor();
    await eventually(() => curvePoints(page, "Loss")).toBeLessThan(200);
    // The cursor is at one step in every chart.
    await page.mouse.move(box.x + box.width * 0.4, y);
    for (const chart of ["Loss", "Accuracy", "Generalization gap"]) await expectText(page.getByRole("region", { name: chart, exact: true }), /Step \d+/);
    await page.mouse.dblclick(box.x + box.width * 0.4, y);
    await zoomed.waitFor({ state: "detached" });
    await eventually(() => curvePoints(page, "Loss")).toBeGreaterThan(500);
  });

  it("hides a curve by its legend, shows one alone by keys, and keeps a chart's image and values as files", async () => {
    const loss = page.getByRole("region", { name: "Loss", exact: true });
    const entry = (name: string) => loss.getByRole("button", { name: new RegExp(`^${name} ?[0-9]*`) });
    const drawn = () => loss.locator("path.recharts-line-curve").count();
    const all = await drawn();
    await entry("Validation").click();
    await eventually(drawn).toBe(all - 1);
    expect(await entry("Validation").getAttribute("aria-pressed")).toBe("false");
    await entry("Training, end of epoch").focus();
    await page.keyboard.press("Alt+Enter");
    await eventually(drawn).toBe(1);
    await page.keyboard.press("Alt+Enter");
    await eventually(drawn).toBe(all);
    const saved = async (item: string) => {
      await loss.getByRole("button", { name: "Loss: save or copy" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: item }).click()]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const csv = await saved("Save all values (CSV)");
    expect(csv.name).toBe("digits-cnn - Loss.csv");
    const [head, ...rows] = csv.bytes.toString("utf8").trim().split("\n");
    expect(head).toBe("step,epoch,train.loss,trainEval.loss,validation.loss");
    expect(rows.length).toBe(600);
    expect(rows.at(-1)).toMatch(/^600,15,[0-9.e-]+,[0-9.e-]+,[0-9.e-]+$/);
    const png = await saved("Save as image (PNG)");
    expect(png.name).toBe("digits-cnn - Loss.png");
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    // Twice the pixels of the screen, and not a plain area.
    expect(png.bytes.readUInt32BE(16)).toBe(Math.round(2 * ((await loss.boundingBox())?.width ?? 0)));
    expect(png.bytes.length).toBeGreaterThan(10_000);
  });

  it("finds the finished run in the table after the host was started again", async () => {
    await host.stop();
    host = await startHost(home);
    // The old window looks for its studio until it is closed, and says so.
    await page.close();
    complaints = [];
    page = await newPage();
    await page.goto(host.url);
    const row = page.getByRole("row").filter({ hasText: "digits-cnn" });
    await expectText(row, /Completed/);
    await expectText(row, testAccuracy);
    await row.locator("svg path[stroke]").first().waitFor();
    await row.click();
    await eventually(() => curvePoints(page, "Loss")).toBeGreaterThan(500);
  });

  it("has no violation of axe on either screen, light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await show("#/runs");
      await page.getByRole("grid").waitFor();
      await expectAccessible(page);
      await page.getByRole("row").filter({ hasText: "digits-cnn" }).click();
      await eventually(() => curvePoints(page, "Loss")).toBeGreaterThan(500);
      await expectAccessible(page);
      await page.getByText("Draft", { exact: true }).click();
      await page.getByRole("button", { name: /^Layer 1:/ }).click();
      await page.getByRole("spinbutton", { name: "Learning rate" }).fill("-1");
      await expectText(page.getByRole("region", { name: "Recipe" }).getByRole("status"), "1 problem");
      await expectAccessible(page);
      await page.getByRole("button", { name: "JSON", exact: true }).click();
      await expectAccessible(page);
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Search screens and actions").waitFor();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "JSON", exact: true }).click();
      await page.getByRole("spinbutton", { name: "Learning rate" }).fill("0.001");
      await page.getByRole("button", { name: /^Layer 1:/ }).click();
      await page.getByText("This run", { exact: true }).click();
    }
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("says what is wrong with a field in the words of the command line, at the field", async () => {
    await show("#/workbench");
    await page.getByRole("button", { name: "Starters" }).click();
    await page.getByRole("menuitem", { name: /iris-mlp/ }).click();
    const recipe = page.getByRole("region", { name: "Recipe" });
    const cases = [
      { field: "Learning rate", value: "-1", back: "0.005", set: "optimizer.lr=-1", place: "optimizer.lr" },
      { field: "Batch size", value: "100000", back: "16", set: "batch.size=100000", place: "batch.size" },
      { field: "Epochs", value: "many", back: "80", set: "budget.epochs=many", place: "budget.epochs" },
    ];
    for (const { field, value, back, set, place } of cases) {
      const told = await descent("train", "iris-mlp", "--set", set, "--home", `${home}/cli`);
      expect(told.status).toBe(2);
      const control = page.getByRole("spinbutton", { name: field });
      await control.focus();
      const before = await fieldPositions(page);
      await control.fill(value);
      const message = recipe.locator(`[data-problem="${place}"]`);
      await message.waitFor();
      // Nothing moves under the hands of who types.
      expect(await fieldPositions(page)).toEqual(before);
      expect(told.stderr).toContain(`${place}: ${await message.textContent()}`);
      expect(await control.getAttribute("aria-invalid")).toBe("true");
      await recipe.getByRole("button", { name: "Go to the first" }).click();
      await eventually(() => hasFocus(control)).toBe(true);
      await control.fill(back);
      await expectText(recipe.getByRole("status"), "Ready to start");
    }
    // A layer that does not fit, said at the layer.
    const told = await descent("train", "iris-mlp", "--set", "model.layers[4].units=7", "--home", `${home}/cli`);
    await page.getByRole("button", { name: /^Layer 5:/ }).click();
    await page.getByRole("spinbutton", { name: "Units" }).fill("7");
    const message = recipe.locator('[data-problem="model.layers[4]"]').first();
    await message.waitFor();
    expect(told.stderr).toContain(`model.layers[4]: ${await message.textContent()}`);
    await page.getByRole("spinbutton", { name: "Units" }).fill("3");
    await expectText(recipe.getByRole("status"), "Ready to start");
  });

  it("undoes and redoes the whole draft: within a text, across a reload, and behind another recipe", async () => {
    const rate = page.getByRole("spinbutton", { name: "Learning rate" });
    const schedule = page.getByRole("combobox", { name: "Schedule" });
    await rate.fill("");
    await rate.pressSequentially("0.025");
    await schedule.selectOption("cosine");
    await rate.focus();
    await page.keyboard.press("Control+z");
    expect(await schedule.inputValue()).toBe("constant");
    // What was typed in one go is one step, and the field's own undo has no part in it.
    await page.keyboard.press("Control+z");
    await eventually(() => rate.inputValue()).toBe("0.005");
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+y");
    expect([await rate.inputValue(), await schedule.inputValue()]).toEqual(["0.025", "cosine"]);
    await page.reload();
    await schedule.waitFor();
    await page.keyboard.press("Control+z");
    await eventually(() => schedule.inputValue()).toBe("constant");
    await page.keyboard.press("Control+z");
    await eventually(() => rate.inputValue()).toBe("0.005");

    // Another recipe, and the former draft again from its notification.
    await page.getByRole("spinbutton", { name: "Seed" }).fill("77");
    await page.getByRole("button", { name: "Starters" }).click();
    await page.getByRole("menuitem", { name: /digits-cnn/ }).click();
    const undo = await offeredUndo(page, "Another recipe");
    await eventually(() => page.getByRole("textbox", { name: "Name", exact: true }).first().inputValue()).toBe("digits-cnn");
    await undo.click();
    await eventually(() => page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("77");
    await page.getByRole("spinbutton", { name: "Seed" }).focus();
    for (let steps = 0; steps < 3; steps++) await page.keyboard.press("Control+z");
    await eventually(() => page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("2");
  });

  it("finds a field that is folded away, and takes it back to its default", async () => {
    const heading = page.getByRole("button", { name: "Optimize", exact: true }).and(page.locator("[aria-expanded]"));
    await heading.click();
    await page.getByRole("spinbutton", { name: "Learning rate" }).waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.type("accumul");
    await page.keyboard.press("Enter");
    const accumulate = page.getByRole("spinbutton", { name: "Gradient accumulation" });
    await eventually(() => hasFocus(accumulate)).toBe(true);
    await page.keyboard.press("ArrowUp");
    await eventually(() => accumulate.inputValue()).toBe("2");
    await page.getByRole("button", { name: "Gradient accumulation: back to the default, 1" }).click();
    await eventually(() => accumulate.inputValue()).toBe("1");
    expect(await hasFocus(accumulate)).toBe(true);
    // The index goes there by keys, and back.
    await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: "Optimize" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await eventually(() => hasFocus(page.getByRole("button", { name: "About", exact: true }).and(page.locator("[aria-expanded]")))).toBe(true);
  });

  it("edits layers by keys alone, with shapes and counts beside them", async () => {
    const layer = (number: number) => page.getByRole("button", { name: new RegExp(`^Layer ${number}:`) });
    await expectText(layer(1), "80 parameters");
    await layer(1).focus();
    await page.keyboard.press("ArrowDown");
    await eventually(() => hasFocus(layer(2))).toBe(true);
    await page.keyboard.press("End");
    await eventually(() => hasFocus(layer(5))).toBe(true);
    await page.keyboard.press("Enter");
    await eventually(() => hasFocus(page.getByRole("spinbutton", { name: "Units" }))).toBe(true);
    await layer(5).click();
    await layer(1).focus();
    await page.keyboard.press("Control+Enter");
    await page.locator('input[placeholder="Search layers"]:focus').waitFor();
    await page.keyboard.type("dropout");
    await page.keyboard.press("Enter");
    await expectText(layer(2), "dropout1");
    await eventually(() => hasFocus(layer(2))).toBe(true);
    await page.keyboard.press("Control+z");
    await expectText(layer(2), "relu1");
    await layer(1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await eventually(() => layer(2).textContent()).toMatch("fc1");
    await page.keyboard.press("Alt+ArrowUp");
    await eventually(() => layer(1).textContent()).toMatch("fc1");
    await page.keyboard.press("Control+d");
    await eventually(() => layer(2).textContent()).toMatch(/dense2.*272 parameters/);
    await page.keyboard.press("Delete");
    const undo = await offeredUndo(page, "dense2");
    await eventually(() => layer(2).textContent()).toMatch("relu1");
    await undo.click();
    await eventually(() => layer(2).textContent()).toMatch(/dense2.*272 parameters/);
    await layer(2).focus();
    await page.keyboard.press("Delete");
    await eventually(() => layer(2).textContent()).toMatch("relu1");
    await expectText(page.getByTestId("parameter-total"), "403 parameters");
    await expectText(page.getByTestId("multiply-adds"), "368 multiply-adds");
  });

  it("shows and edits the same recipe as JSON, and names the line of a slip", async () => {
    await page.getByRole("region", { name: "Run", exact: true }).click();
    await page.keyboard.press("j");
    const text = page.getByRole("textbox", { name: "The recipe as JSON" });
    const json = await text.inputValue();
    expect(JSON.parse(json)).toMatchObject({ name: "iris-mlp", optimizer: { type: "adam", lr: 0.005 } });
    await text.fill(json.replace('"seed": 2,', '"seed": 2'));
    const slip = json.split("\n").findIndex((line) => line.includes('"seed"')) + 2;
    await expectText(page.getByRole("region", { name: "Recipe" }), new RegExp(`recipe:${slip}:\\d+: must be JSON`));
    expect(await page.getByRole("button", { name: "Start", exact: true }).isDisabled()).toBe(true);
    await text.fill(json.replace('"seed": 2', '"seed": 3').replace('"epochs": 80', '"epochs": 5'));
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await eventually(() => page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("3");
  });

  it("can be walked by keys alone: palette, table, rename, delete, undo, start", async () => {
    await page.keyboard.press("Control+k");
    const palette = page.getByPlaceholder("Search screens and actions");
    await palette.waitFor();
    await eventually(() => hasFocus(palette)).toBe(true);
    await page.keyboard.type("Runs");
    await eventually(() => page.locator("[data-action][data-selected]").first().textContent()).toBe("Runs");
    await page.keyboard.press("Enter");
    const grid = page.getByRole("grid");
    await grid.waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("digits completed");
    await expectText(page.getByRole("main").getByRole("status"), "1 run");
    await page.keyboard.press("Escape");
    for (let tabs = 0; tabs < 10 && !(await hasFocus(grid)); tabs++) await page.keyboard.press("Tab");
    expect(await hasFocus(grid)).toBe(true);
    await page.keyboard.press("F2");
    await grid.locator("input:focus").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("first of all");
    await page.keyboard.press("Enter");
    const row = page.getByRole("row").filter({ hasText: "first of all" });
    await row.waitFor();

    await eventually(() => hasFocus(grid)).toBe(true);
    await page.keyboard.press("Delete");
    // By its words: a layer that was removed before may still be offered back.
    const undo = await offeredUndo(page, "deleted");
    await row.waitFor({ state: "detached" });
    await expectAccessible(page);
    await undo.focus();
    await page.keyboard.press("Enter");
    await row.waitFor();

    for (let tabs = 0; tabs < 30 && !(await hasFocus(grid)); tabs++) await page.keyboard.press("Tab");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await expectText(page.getByRole("region", { name: "Run", exact: true }).getByRole("heading", { level: 2 }), "first of all");

    // The draft from before: five epochs on iris, started by Space in an empty workbench.
    await show("#/workbench");
    await page.getByRole("heading", { name: "The network", exact: true }).waitFor();
    await page.keyboard.press("Space");
    await expectText(statusOf(page), "Completed");
    await expectText(page.getByRole("region", { name: "Run", exact: true }).getByRole("heading", { level: 2 }), "iris-mlp");
  });

  it("speaks Korean, and says so to a screen reader", async () => {
    await page.getByRole("button", { name: "Appearance and language" }).click();
    await page.getByRole("menuitemradio", { name: "한국어" }).click();
    await page.getByRole("link", { name: "실행 목록" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("ko");
    await page.reload();
    await page.getByRole("link", { name: "실행 목록" }).click();
    await page.getByRole("grid").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "모양과 언어" }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await page.getByRole("link", { name: "Workbench" }).waitFor();
  });

  it("says that the studio is gone, and goes on by itself when it is back", async () => {
    const other = await newPage();
    let reachable = true;
    const wires = new Set<{ close(): Promise<void> }>();
    await other.routeWebSocket(/\/rpc$/, (wire) => {
      if (!reachable) return void wire.close();
      wire.connectToServer();
      wires.add(wire);
    });
    await other.goto(await host.nextUrl());
    const rows = other.getByRole("row");
    await rows.filter({ hasText: "first of all" }).waitFor();
    const before = await rows.count();
    reachable = false;
    for (const wire of wires) await wire.close();
    const banner = other.getByText(/Connection to the studio lost; trying again/);
    await banner.waitFor();
    await expectAccessible(other);

    // What happens meanwhile is there afterwards.
    await show("#/workbench");
    await page.getByRole("heading", { name: "The network", exact: true }).click();
    await page.keyboard.press("Space");
    await expectText(statusOf(page), "Completed");
    expect(await rows.count()).toBe(before);
    reachable = true;
    await banner.waitFor({ state: "detached" });
    await eventually(() => rows.count()).toBe(before + 1);
    await other.close();
  });
});
