/** How a recipe comes into the form from outside, what happens to a draft that cannot be stored or read, and what the wheel does over a table. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { eventually, expectAccessible, expectText, offeredUndo } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: recipes from outside are not tested in the window, because no Chromium was found (name one in CHROMIUM_PATH)");

const RECIPE = {
  format: 2,
  name: "from outside",
  data: { source: { type: "shipped", name: "iris" } },
  model: { layers: [{ type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "adam", lr: 0.01 },
  budget: { epochs: 3 },
};

describe.skipIf(executable === null)("the draft", () => {
  const { home, remove } = temporaryHome();
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-e2e-draft-"));
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    host = await startHost(home);
    browser = await launchChromium(executable ?? "");
    context = await openContext(browser, { viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    await page.goto(host.url);
    await page.getByRole("link", { name: "Workbench", exact: true }).click();
    await name().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const name = () => page.getByRole("textbox", { name: "Name", exact: true });
  const json = () => page.getByRole("textbox", { name: "The recipe as JSON" });
  const notice = (title: string) => page.getByRole("alert").filter({ hasText: title });

  /** As the operating system drops it on the form. */
  async function drop(file: string, text: string): Promise<void> {
    writeFileSync(path.join(folder, file), text);
    const session = await context.newCDPSession(page);
    const data = { items: [], files: [path.join(folder, file)], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, x: 300, y: 500, data });
    await session.detach();
  }

  /** As Ctrl+V does it outside of any field. */
  const paste = (text: string) =>
    page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", ${JSON.stringify(text)});
      document.querySelector("main").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    })()`);

  it("is what a dropped recipe file becomes, and Undo brings the former one back", async () => {
    const former = await name().inputValue();
    await drop("mine.json", JSON.stringify(RECIPE));
    const undo = await offeredUndo(page, "mine.json is in the form");
    await eventually(() => name().inputValue()).toBe("from outside");
    await undo.click();
    await eventually(() => name().inputValue()).toBe(former);
  });

  it("is what a pasted recipe becomes, but not what is pasted into a field", async () => {
    await paste(JSON.stringify({ ...RECIPE, name: "pasted" }));
    await eventually(() => name().inputValue()).toBe("pasted");
    await notice("The pasted recipe is in the form").waitFor();
    await name().focus();
    await page.keyboard.insertText('{"name": "text"}');
    expect(await name().inputValue()).toContain("text");
    await paste("no recipe, and no JSON");
    expect(await json().count()).toBe(0);
  });

  it("shows a broken file as text with the place of the mistake; a file that is no recipe changes nothing", async () => {
    await paste(JSON.stringify({ ...RECIPE, name: "sound" }));
    await drop("other.json", JSON.stringify({ compilerOptions: {} }));
    await notice("other.json is not a recipe").waitFor();
    expect(await name().inputValue()).toBe("sound");
    const lines = JSON.stringify(RECIPE, null, 2).split("\n");
    const broken = lines.map((line) => (line.includes('"softmaxCrossEntropy"') ? line.replace(":", "") : line));
    const slip = broken.findIndex((line, i) => line !== lines[i]) + 1;
    await drop("broken.json", broken.join("\n"));
    const undo = await offeredUndo(page, "broken.json is not JSON");
    await expectText(page.getByRole("region", { name: "Recipe" }), new RegExp(`recipe:${slip}:\\d+: must be JSON`));
    expect(await json().inputValue()).toBe(broken.join("\n"));
    await expectAccessible(page);
    await undo.click();
    await page.getByRole("button", { name: "JSON", exact: true }).click();
    await eventually(() => name().inputValue()).toBe("sound");
  });

  it("that the browser refuses to store says so, asks before the window closes, and says so no more once it is stored", async () => {
    const fill = `(() => {
      for (let size = 1 << 20; size >= 1; size >>= 1)
        for (let i = 0; i < 12; i++)
          try { localStorage.setItem("full." + size + "." + i, "x".repeat(size)); } catch { break; }
    })()`;
    await page.evaluate(fill);
    await name().fill(`kept nowhere ${"x".repeat(200)}`);
    await notice("The draft is not stored").waitFor();
    await notice("The draft is not stored").getByRole("button", { name: "Copy the recipe" }).waitFor();
    await expectAccessible(page);
    let asked = 0;
    page.on("dialog", (dialog) => {
      asked += 1;
      void dialog.dismiss();
    });
    await page.close({ runBeforeUnload: true });
    await eventually(async () => asked).toBe(1);
    await page.evaluate(`(() => { for (const key of Object.keys(localStorage)) if (key.startsWith("full.")) localStorage.removeItem(key); })()`);
    await name().fill("kept again");
    await eventually(() => notice("The draft is not stored").count()).toBe(0);
    await page.reload();
    await eventually(() => name().inputValue()).toBe("kept again");
    expect(asked).toBe(1);
  });

  it("of a later version that cannot be read is kept as text until it is discarded", async () => {
    await page.evaluate(`void (() => { addEventListener("pagehide", () => localStorage.setItem("descent.draft", '{"version": 99}')); })()`);
    await page.reload();
    const unread = page.getByText("An earlier draft could not be read");
    await unread.waitFor();
    await page.reload();
    await unread.waitFor();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await eventually(() => unread.count()).toBe(0);
  });

  it("is left for the Data page, where the wheel scrolls the page over a table until the table has the focus", async () => {
    await page.evaluate(`void (location.hash = "#/data/shipped:iris")`);
    const table = page.getByRole("grid").first();
    /** How far both are scrolled down; -1 for a page that is not yet longer than the window. */
    const offsets = () =>
      page.evaluate<{ readonly table: number; readonly page: number }>(`(() => {
        const table = document.querySelector("[role=grid]");
        let page = table.parentElement;
        while (page !== null && (page.scrollHeight <= page.clientHeight || getComputedStyle(page).overflowY === "visible")) page = page.parentElement;
        return { table: Math.round(table.scrollTop), page: page === null ? -1 : Math.round(page.scrollTop) };
      })()`);
    await eventually(async () => (await table.getByRole("row").count()) > 5).toBe(true);
    await eventually(async () => (await offsets()).page).toBeGreaterThanOrEqual(0);
    await table.scrollIntoViewIfNeeded();
    const turn = async (pixels: number) => {
      await table.hover();
      await page.mouse.wheel(0, pixels);
    };
    const before = await offsets();
    await turn(120);
    await eventually(offsets).toEqual({ table: 0, page: before.page + 120 });
    await table.focus();
    await turn(120);
    await eventually(async () => (await offsets()).table).toBe(120);
  });
});
