/** Files from a browser: who may send them, where they may go, and what is kept of them. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWebHost, type WebHost } from "../../src/main/hosts/web/server.ts";
import { Uploads } from "../../src/main/studio/data/uploads.ts";

const ID = "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c11";

let folder: string;
let host: WebHost;
let cookie: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "descent-uploads-"));
  writeFileSync(path.join(folder, "index.html"), "<!doctype html>");
  host = await startWebHost({ studio: { router: {}, uploads: new Uploads(folder) }, rendererFolder: folder });
  const { headers } = await fetch(host.url, { redirect: "manual" });
  cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

/** As it goes over the wire: fetch would tidy the path. */
function send(method: string, target: string, body: string | Buffer = "", headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const own = { cookie, origin: `http://127.0.0.1:${host.port}`, ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path: target, method, headers: own, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

describe("uploads", () => {
  it("keep a folder with its name and what is in it, and say where it is", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    expect((await send("PUT", `/uploads/${ID}/pets/cats/a%20b.png`, bytes)).status).toBe(201);
    expect((await send("PUT", `/uploads/${ID}/pets/dogs/%EA%B0%9C.png`, "dog")).status).toBe(201);
    expect((await send("PUT", `/uploads/${ID}/pets/no%20birds/`)).status).toBe(201);
    const { status, body } = await send("POST", `/uploads/${ID}`);
    expect(status).toBe(200);
    expect(body).toBe(path.join(folder, "uploads", ID, "pets"));
    expect(readFileSync(path.join(body, "cats", "a b.png")).equals(bytes)).toBe(true);
    expect(readFileSync(path.join(body, "dogs", "개.png"), "utf8")).toBe("dog");
    expect(readdirSync(path.join(body, "no birds"))).toEqual([]);
  });

  it.each(["..", ".", "%2e%2e", "a%2F..%2F..%2Fout", "C%3Aout", "a%00b", "a%5Cb", ""])("refuse the name %j", async (name) => {
    const { status, body } = await send("PUT", `/uploads/${ID}/${name}/file`, "x");
    expect(status).toBe(400);
    expect(body).toMatch(/^import: must hold names of files and folders; received/);
    expect(existsSync(path.join(folder, "uploads", "file"))).toBe(false);
    expect(existsSync(path.join(folder, "out"))).toBe(false);
  });

  it("refuse an id that is none, a file that is there, and other methods", async () => {
    expect((await send("PUT", "/uploads/../x/file", "x")).status).toBe(400);
    expect((await send("PUT", `/uploads/${ID}/pets/cats/a%20b.png`, "again")).status).toBe(400);
    expect(readFileSync(path.join(folder, "uploads", ID, "pets", "cats", "a b.png")).length).toBe(300_000);
    expect((await send("GET", `/uploads/${ID}`)).status).toBe(405);
    expect((await send("POST", "/uploads/0b6f9a52-0000-4d3c-9b9e-2f3f3a1f9c11")).status).toBe(400);
  });

  it("are taken only from the studio's own page", async () => {
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { cookie: "" })).status).toBe(403);
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { origin: "http://evil.example" })).status).toBe(403);
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { host: "evil.example" })).status).toBe(421);
    expect(existsSync(path.join(folder, "uploads", ID, "x"))).toBe(false);
  });
});
