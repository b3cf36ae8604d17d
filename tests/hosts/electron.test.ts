/** The parts of the Electron host that need no Electron. The window itself is tested in tests/e2e/electron.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { APP_START, fileOfAddress, isOwnFrame, reachesNetwork } from "../../src/main/hosts/electron/appAddress.ts";
import { readWindowState, writeWindowState } from "../../src/main/hosts/electron/windowState.ts";
import { contentSecurityPolicy, securityHeaders } from "../../src/main/hosts/policy.ts";

describe("addresses of the window", () => {
  const folder = path.resolve("/studio/renderer");

  it("lead to files of its folder", () => {
    expect(fileOfAddress(folder, APP_START)).toBe(path.join(folder, "index.html"));
    expect(fileOfAddress(folder, "app://descent/assets/a%20b.js?v=1#x")).toBe(path.join(folder, "assets/a b.js"));
  });

  it("never leave it", () => {
    for (const address of [
      "app://descent/../secret.txt",
      "app://descent/%2e%2e/secret.txt",
      "app://descent/..%2f..%2fsecret.txt",
      "app://descent/assets/..%2f..%2f..%2fetc%2fpasswd",
      "app://descent/..%5csecret.txt",
      "app://descent//etc/passwd",
      "app://descent/%2fetc%2fpasswd",
    ]) {
      const file = fileOfAddress(folder, address);
      expect(file === null || file.startsWith(folder + path.sep), address).toBe(true);
    }
    expect(fileOfAddress(folder, "app://descent/..%2fsecret.txt")).toBeNull();
    expect(fileOfAddress(folder, "app://descent/..%2frenderer-other/a.js")).toBeNull();
  });

  it("are of its own scheme and host alone", () => {
    for (const address of [
      "file:///etc/passwd",
      "http://descent/",
      "app://other/index.html",
      "app://descent:1/",
      "app://descent/%00",
      "app://descent/%",
      "nonsense",
    ]) {
      expect(fileOfAddress(folder, address), address).toBeNull();
    }
  });
});

describe("requests", () => {
  it("that would reach the network are told from those for what came with Descent", () => {
    for (const address of [APP_START, "file:///studio/renderer/index.html", "data:image/png;base64,AA==", "blob:app://descent/1", "devtools://devtools/a.js"])
      expect(reachesNetwork(address), address).toBe(false);
    for (const address of ["https://example.org/", "http://127.0.0.1:80/", "ws://example.org/", "wss://example.org/", "ftp://example.org/", "nonsense"])
      expect(reachesNetwork(address), address).toBe(true);
  });
});

describe("senders", () => {
  it("are the top frame of the own page alone", () => {
    expect(isOwnFrame({ origin: "app://descent", parent: null })).toBe(true);
    expect(isOwnFrame({ origin: "app://descent", parent: {} })).toBe(false);
    expect(isOwnFrame({ origin: "https://evil.example", parent: null })).toBe(false);
    expect(isOwnFrame({ origin: "null", parent: null })).toBe(false);
    expect(isOwnFrame(null)).toBe(false);
  });
});

describe("the policy", () => {
  it("allows scripts from the own origin alone, and no frame, form or base", () => {
    const directives = new Map(
      contentSecurityPolicy([])
        .split("; ")
        .map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1).join(" ")]),
    );
    expect(directives.get("default-src")).toBe("'none'");
    expect(directives.get("script-src")).toBe("'self'");
    expect(directives.get("connect-src")).toBe("'self'");
    for (const name of ["frame-ancestors", "base-uri", "form-action"]) expect(directives.get(name)).toBe("'none'");
  });

  it("comes with the other headers", () => {
    expect(Object.keys(securityHeaders())).toEqual(
      expect.arrayContaining(["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"]),
    );
  });
});

describe("the window's place", () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  function home(): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), "descent-window-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  }

  it("is remembered", () => {
    const folder = home();
    const state = { x: 100, y: 50, width: 900, height: 700, maximized: true };
    writeWindowState(folder, state);
    expect(readWindowState(folder, screens)).toEqual(state);
  });

  it("is forgotten where no screen shows it any more", () => {
    const folder = home();
    writeWindowState(folder, { x: 3000, y: 50, width: 900, height: 700, maximized: false });
    expect(readWindowState(folder, screens)).toEqual({ width: 900, height: 700, maximized: false });
  });

  it("does not stand in the way: damaged, missing or not writable", () => {
    const folder = home();
    const first = readWindowState(folder, screens);
    expect(first.width).toBeGreaterThan(640);
    for (const text of ["", "{", '{"width":-1,"height":9,"maximized":false}', "[]"]) {
      writeFileSync(path.join(folder, "window.json"), text);
      expect(readWindowState(folder, screens), text).toEqual(first);
    }
    expect(() => writeWindowState(path.join(folder, "missing"), first)).not.toThrow();
  });
});
