/** What Electron asks about the window's pages, answered by the handlers that the host sets. Electron itself is a stand-in that only keeps them. */
import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { denyPermissions, guardPages, refuseRequests } from "../../src/main/hosts/electron/guard.ts";

vi.mock("electron", () => ({ session: {} }));

type Session = NonNullable<Parameters<typeof denyPermissions>[0]>;
type Handler = (...args: readonly unknown[]) => unknown;

/** A session that keeps its handlers by the name of the method that sets them. */
function sessionOf(): { readonly session: Session; readonly handler: (name: string) => Handler } {
  const handlers = new Map<string, Handler>();
  const keeper = (): object =>
    new Proxy(
      {},
      {
        get: (_, name) => (name === "webRequest" ? keeper() : (handler: Handler) => void handlers.set(String(name), handler)),
      },
    );
  return {
    session: keeper() as Session,
    handler: (name) => {
      const handler = handlers.get(name);
      if (handler === undefined) throw new Error(`${name} was not called`);
      return handler;
    },
  };
}

describe("permissions of the window", () => {
  const { session, handler } = sessionOf();
  denyPermissions(session);
  const requested = (permission: string): unknown => {
    const answer = vi.fn();
    handler("setPermissionRequestHandler")({}, permission, answer);
    expect(answer).toHaveBeenCalledOnce();
    return answer.mock.calls[0]?.[0];
  };
  const checked = (permission: string): unknown => handler("setPermissionCheckHandler")({}, permission, "app://descent");

  it("include writing to the clipboard, which copying an image or a recipe needs", () => {
    expect(requested("clipboard-sanitized-write")).toBe(true);
    expect(checked("clipboard-sanitized-write")).toBe(true);
  });

  it.each(["clipboard-read", "media", "geolocation", "notifications", "openExternal", "fullscreen", "fileSystem", "unknown"])(
    "do not include %s",
    (permission) => {
      expect(requested(permission)).toBe(false);
      expect(checked(permission)).toBe(false);
    },
  );

  it("include no device and no picture of the screen", () => {
    expect(handler("setDevicePermissionHandler")({ deviceType: "usb" })).toBe(false);
    const answer = vi.fn();
    handler("setDisplayMediaRequestHandler")({}, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(null);
  });
});

it("requests to another machine are cancelled, those for the window's own files are not", () => {
  const { session, handler } = sessionOf();
  refuseRequests(session);
  const cancelled = (url: string): unknown => {
    const answer = vi.fn();
    handler("onBeforeRequest")({ url }, answer);
    return answer.mock.calls[0]?.[0];
  };
  expect(cancelled("https://example.org/")).toEqual({ cancel: true });
  expect(cancelled("app://descent/index.html")).toEqual({ cancel: false });
});

it("pages cannot navigate, embed others, or open windows", () => {
  const app = new EventEmitter();
  guardPages(app as Parameters<typeof guardPages>[0]);
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn<(handler: () => unknown) => void>() });
  app.emit("web-contents-created", {}, contents);
  for (const event of ["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"]) {
    const preventDefault = vi.fn();
    contents.emit(event, { preventDefault });
    expect(preventDefault, event).toHaveBeenCalledOnce();
  }
  expect(contents.setWindowOpenHandler.mock.calls[0]?.[0]()).toEqual({ action: "deny" });
});
