import { describe, expect, it } from "vitest";
import { type OpenEnvironment, openAddress } from "../../src/main/hosts/web/open.ts";

const profile = "/home/a/studio/browser";
const url = "file:///home/ada/open.html";

function machine(platform: NodeJS.Platform, env: Record<string, string>, installed: readonly string[], startable: (program: string) => boolean = () => true) {
  const launched: (readonly [string, readonly string[]])[] = [];
  const environment: OpenEnvironment = {
    platform,
    env,
    isExecutable: (file) => installed.includes(file),
    launch: async (program, args) => {
      launched.push([program, args]);
      return startable(program);
    },
  };
  return { environment, launched };
}

describe("openAddress", () => {
  it("starts nothing without a display", async () => {
    const { environment, launched } = machine("linux", { PATH: "/usr/bin" }, ["/usr/bin/chromium"]);
    expect(await openAddress(url, profile, environment)).toEqual({ way: "nothing", why: "there is no display" });
    expect(launched).toEqual([]);
  });

  it("prefers an app window of an installed browser", async () => {
    const { environment, launched } = machine("linux", { PATH: "/opt/bin:/usr/bin", WAYLAND_DISPLAY: "wayland-0" }, ["/usr/bin/chromium"]);
    expect(await openAddress(url, profile, environment)).toEqual({ way: "app-window", program: "/usr/bin/chromium" });
    expect(launched).toEqual([["/usr/bin/chromium", expect.arrayContaining([`--app=${url}`, `--user-data-dir=${profile}`, "--proxy-server=127.0.0.1:9"])]]);
  });

  it("leaves a browser that may not see the studio's folder its own profile", async () => {
    const { environment, launched } = machine("linux", { PATH: "/snap/bin", DISPLAY: ":0" }, ["/snap/bin/chromium"]);
    expect(await openAddress(url, profile, environment)).toEqual({ way: "app-window", program: "/snap/bin/chromium" });
    expect(launched.flat(2).filter((argument) => argument.startsWith("--user-data-dir"))).toEqual([]);
  });

  it("finds browsers where each system keeps them", async () => {
    const mac = machine("darwin", { HOME: "/Users/a" }, ["/Users/a/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"]);
    expect(await openAddress(url, profile, mac.environment)).toMatchObject({ way: "app-window" });
    const windows = machine("win32", { PROGRAMFILES: "C:\\Program Files" }, ["C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe"]);
    expect(await openAddress(url, profile, windows.environment)).toMatchObject({ way: "app-window" });
  });

  it("falls back to the default browser, and says when that is not to be had either", async () => {
    const fallback = machine("linux", { DISPLAY: ":0", PATH: "/usr/bin" }, ["/usr/bin/chromium"], (program) => program === "xdg-open");
    expect(await openAddress(url, profile, fallback.environment)).toEqual({ way: "browser", program: "xdg-open" });
    expect(fallback.launched).toHaveLength(2);
    const none = machine("linux", { DISPLAY: ":0" }, [], () => false);
    expect(await openAddress(url, profile, none.environment)).toEqual({ way: "nothing", why: "no browser could be started" });
  });
});
