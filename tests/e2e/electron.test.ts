/** A smoke test of the Electron host, where Electron's binary and a display are. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { _electron } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const { executablePath, why } = findElectron();
if (why !== null) console.log(`SKIPPED: the Electron window is not tested, because ${why}`);

function findElectron(): { executablePath: string; why: string | null } {
  const folder = path.join(root, "node_modules/electron");
  const named = path.join(folder, "path.txt");
  const binary = existsSync(named) ? path.join(folder, "dist", readFileSync(named, "utf8").trim()) : "";
  if (!existsSync(binary)) return { executablePath: binary, why: "Electron's binary is not installed (node node_modules/electron/install.js fetches it)" };
  if (process.platform !== "linux") return { executablePath: binary, why: null };
  if (!process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) return { executablePath: binary, why: "there is no display" };
  return { executablePath: binary, why: process.getuid?.() === 0 ? "Electron's sandbox does not work for root" : null };
}

describe.skipIf(why !== null)(why === null ? "the Electron window" : `the Electron window (${why})`, () => {
  it("opens the studio in a sandboxed page that reaches its host and nothing else", async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), "descent-electron-"));
    const application = await _electron.launch({ executablePath, args: [root], cwd: root, env: { ...process.env, DESCENT_HOME: home } });
    onTestFinished(async () => {
      await application.close();
      rmSync(home, { recursive: true });
    });
    const page = await application.firstWindow();
    expect(new URL(page.url()).origin).toBe("app://descent");
    await page.getByText("digits-cnn").first().waitFor();

    expect(await page.evaluate("[typeof require, typeof process, typeof ipcRenderer, Object.keys(window.descentBridge).join()]")).toEqual([
      "undefined",
      "undefined",
      "undefined",
      "requestPort",
    ]);
    expect(await page.evaluate("window.open('https://example.com') === null")).toBe(true);
    expect(await page.evaluate("Notification.permission")).toBe("denied");
    await page.evaluate("void (location.href = 'https://example.com/')");
    expect(new URL(page.url()).origin).toBe("app://descent");
  });
});
