/** Who comes in: the built studio, a real Chromium, and pages that should not. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium, openContext } from "./chromium.ts";
import { type Host, startHost, temporaryHome } from "./host.ts";
import { expectAccessible } from "./page.ts";

const executable = findChromium();
if (executable === null) console.log("SKIPPED: who comes in is not tested in a browser, because no Chromium was found (name one in CHROMIUM_PATH)");

/** What every process of this machine shows of its arguments and, to its own user, of its environment. */
function shownByProcesses(): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => ["cmdline", "environ"].map((what) => `/proc/${name}/${what}`))
    .map((file) => {
      try {
        return readFileSync(file, "latin1");
      } catch {
        // Another user's, or gone.
        return "";
      }
    })
    .join("\n");
}

const tokenOf = (url: string): string => /#token=([\w-]{43})$/.exec(url)?.[1] ?? "no token";

describe.skipIf(executable === null || process.platform !== "linux")("a window comes in", () => {
  const { home, remove } = temporaryHome();
  const bin = path.join(home, "bin");
  const seen = path.join(home, "arguments.txt");
  const studioHome = path.join(home, "studio");
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const isIn = (of: Page) => of.getByRole("heading", { name: "Nothing has been trained here yet" }).waitFor();
  const isOut = (of: Page) => of.getByRole("heading", { name: "Descent needs its own address" }).waitFor();

  beforeAll(async () => {
    mkdirSync(bin);
    // In place of the browser that the studio starts: it tells its arguments and stays, as one does.
    writeFileSync(path.join(bin, "chromium"), `#!/bin/sh\nprintf '%s\\n' "$@" > '${seen}.part'\nmv '${seen}.part' '${seen}'\nsleep 100\ntrue\n`);
    chmodSync(path.join(bin, "chromium"), 0o755);
    host = await startHost(studioHome, [], { PATH: `${bin}:${process.env["PATH"]}`, DISPLAY: ":0" });
    browser = await launchChromium(executable ?? "");
    context = await openContext(browser);
    page = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.stop();
    remove();
  });

  it("by a private file that a browser is started with, and no process shows a token", async () => {
    await expect.poll(() => existsSync(seen)).toBe(true);
    const [argument = ""] = readFileSync(seen, "utf8").split("\n");
    expect(argument).toMatch(/^--app=file:\/\/.*\/open-[0-9a-f-]{36}\.html$/);
    const address = argument.replace("--app=", "");
    const file = fileURLToPath(address);
    expect(path.dirname(file)).toBe(studioHome);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const tokens = [tokenOf(host.url), tokenOf(/url=([^"]*)"/.exec(readFileSync(file, "utf8"))?.[1] ?? "")];
    expect(new Set(tokens).size).toBe(2);
    const shown = shownByProcesses();
    expect(shown.includes(argument)).toBe(true);
    for (const token of tokens) expect(shown.includes(token)).toBe(false);

    await page.goto(address);
    await isIn(page);
    expect(page.url()).not.toContain("token");
    await expect.poll(() => existsSync(file)).toBe(false);
    expect(await context.cookies()).toEqual([]);
    // The printed address is still good.
    expect(host.told).not.toContain("A window came in");
  });

  it("stays in when it is loaded again; another browser is told how to come in, and does by a token of its own", async () => {
    await page.reload();
    await isIn(page);
    const elsewhere = await openContext(browser);
    const other = await elsewhere.newPage();
    const { origin } = new URL(page.url());
    await other.goto(`${origin}/#/runs`);
    await isOut(other);
    await expectAccessible(other, 10);
    // The address is put into the tab that is there, which loads nothing by itself.
    await other.goto(host.url);
    await isIn(other);
    await other.goto(`${origin}/#/data`);
    await other.reload();
    await other.getByRole("main").waitFor();
    expect(await host.nextUrl()).not.toBe(host.url);

    const [third] = await Promise.all([context.waitForEvent("page"), openAnother(page)]);
    await isIn(third);
    expect(third.url()).not.toContain("token");
    await third.close();
    // A token is good once, and a window has its secret to itself.
    const stranger = await openContext(browser);
    const fourth = await stranger.newPage();
    await fourth.goto(host.url);
    await isOut(fourth);
    for (const each of [elsewhere, stranger]) await each.close();
  });

  it("lets in another tab of the same browser by a plain link, and no page of another origin", async () => {
    const { origin, port } = new URL(page.url());
    const told = host.told;
    const pasted = await context.newPage();
    await pasted.goto(`${origin}/#/data`);
    await pasted.getByRole("region", { name: "Data", exact: true }).waitFor();
    expect(pasted.url()).toBe(`${origin}/#/data`);
    // The printed address is not spent.
    const again = await context.newPage();
    await again.goto(`${origin}/#/runs`);
    await isIn(again);
    expect(host.told).toBe(told);
    for (const each of [pasted, again]) await each.close();

    // By another name of this machine it is another origin, as a name would be that an attacker has made to resolve to 127.0.0.1.
    const renamed = await context.newPage();
    await renamed.goto(`http://localhost:${port}/#/runs`);
    await isOut(renamed);
    await renamed.close();
    const { origin: strange, server } = await strangersServer([]);
    const asking = await context.newPage();
    await asking.goto(strange);
    const heard = await asking.evaluate<unknown[]>(`(async () => {
      const channel = new BroadcastChannel("descent.newcomers");
      const heard = [];
      channel.onmessage = ({ data }) => heard.push(data);
      channel.postMessage({ type: "ask", newcomer: "stranger" });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return heard;
    })()`);
    expect(heard).toEqual([]);
    await server[Symbol.asyncDispose]();
    await asking.close();
  });

  async function openAnother(of: Page): Promise<void> {
    await of.keyboard.press("Control+k");
    await of.getByRole("textbox", { name: "Search screens and actions" }).fill("another window");
    await of.getByRole("button", { name: "Open another window" }).click();
  }

  it("is not what a page of another port becomes, whatever its browser sends along", async () => {
    const { origin, host: name } = new URL(page.url());
    const received: IncomingHttpHeaders[] = [];
    const stranger = await strangersServer(received);
    const strange = await context.newPage();
    await strange.goto(stranger.origin);
    const answers = await strange.evaluate(
      async ([studio, socket]) => {
        const tried = async (target: string, request: RequestInit): Promise<string> => {
          try {
            const answer = await fetch(studio + target, { credentials: "include", ...request });
            return `${answer.type} ${answer.status}`;
          } catch {
            return "refused";
          }
        };
        const opened = (protocols: string[]): Promise<string> =>
          new Promise((resolve) => {
            const tried = new WebSocket(`${socket}/rpc`, protocols);
            tried.onopen = () => resolve("open");
            tried.onclose = () => resolve("refused");
          });
        return [
          await tried("/session", { method: "POST" }),
          await tried("/session", { method: "POST", mode: "no-cors", body: "x" }),
          await tried("/uploads/0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c11/x", { method: "PUT", body: "x", headers: { "descent-session": "x" } }),
          await tried("/", { mode: "no-cors" }),
          await opened([]),
          await opened(["descent.rpc", "A".repeat(43)]),
        ];
      },
      [origin, `ws://${name}`] as const,
    );
    expect(answers).toEqual(["refused", "refused", "refused", "refused", "refused", "refused"]);
    // And nothing of the studio's came to that server by itself.
    expect(received.length).toBeGreaterThan(0);
    for (const { cookie } of received) expect(["", "descent-session=x; other=1"]).toContain(cookie ?? "");
    await stranger.server[Symbol.asyncDispose]();
    await strange.close();
  });

  it("shows foreign text with every character that would turn or hide it", async () => {
    const hostile = "photo\u202egpj\u2069.exe\u0085\u001b[2J\n";
    const shown = await page.evaluate<string[]>(`(async () => {
      const hostile = ${JSON.stringify(hostile)};
      const element = document.createElement("p");
      element.title = hostile;
      element.textContent = hostile;
      const area = document.createElement("textarea");
      area.textContent = hostile;
      document.body.append(element, area);
      document.title = hostile;
      // The observer is told before the next task.
      await new Promise((resolve) => setTimeout(resolve));
      const first = [element.textContent, element.title, area.value, document.title];
      element.firstChild.nodeValue = ${JSON.stringify("\u2066y")};
      await new Promise((resolve) => setTimeout(resolve));
      const second = element.textContent;
      element.remove();
      area.remove();
      return [...first, second];
    })()`);
    const visible = "photo\\u202egpj\\u2069.exe\\u0085\\u001b[2J";
    expect(shown).toEqual([`${visible}\n`, `${visible}\n`, hostile, visible, "\\u2066y"]);
  });

  it("is told when the studio was started anew, and comes in by the new address", async () => {
    const { port } = new URL(page.url());
    expect(await host.stop()).toBe(0);
    expect(readdirSync(studioHome).filter((file) => file.startsWith("open-"))).toEqual([]);
    host = await startHost(studioHome, ["--no-open", "--port", port]);
    await isOut(page);
    await page.goto(host.url);
    await isIn(page);
  });
});

async function strangersServer(received: IncomingHttpHeaders[]): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    received.push(request.headers);
    response.setHeader("Set-Cookie", ["descent-session=x; Path=/", "other=1; Path=/"]);
    response.setHeader("Content-Type", "text/html");
    response.end("<!doctype html><title>stranger</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  return { origin: `http://127.0.0.1:${address.port}`, server };
}
