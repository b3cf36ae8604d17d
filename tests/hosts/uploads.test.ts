/** Files from a browser: who may send them, where they may go, and what is kept of them. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWebHost, type WebHost } from "../../src/main/hosts/web/server.ts";
import { Uploads } from "../../src/main/studio/data/uploads.ts";
import { mountSmall, skipLoudly, temporaryFolder } from "../history/fixtures.ts";
import { type Answer, ask, enter, ownHeaders } from "./entering.ts";

const ID = "0b6f9a52-6f5e-4d3c-9b9e-2f3f3a1f9c11";

let folder: string;
let host: WebHost;
let own: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "descent-uploads-"));
  writeFileSync(path.join(folder, "index.html"), "<!doctype html>");
  host = await startWebHost({ studio: { router: {}, uploads: new Uploads(folder) }, rendererFolder: folder });
  own = ownHeaders(host, await enter(host));
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

function send(method: string, target: string, body: string | Buffer = "", headers: Record<string, string> = {}): Promise<Answer> {
  return ask(host, target, { method, body, headers: { ...own, ...headers } });
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
    const again = await send("PUT", `/uploads/${ID}/pets/cats/a%20b.png`, "again");
    expect(again.status).toBe(409);
    expect(again.body).toBe("pets/cats/a b.png: must be sent once; received a second file of this name. Drop the folder again.");
    expect(readFileSync(path.join(folder, "uploads", ID, "pets", "cats", "a b.png")).length).toBe(300_000);
    expect((await send("GET", `/uploads/${ID}`)).status).toBe(405);
    expect((await send("POST", "/uploads/0b6f9a52-0000-4d3c-9b9e-2f3f3a1f9c11")).status).toBe(400);
  });

  it("are taken only from the studio's own page", async () => {
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { "descent-session": "" })).status).toBe(403);
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { origin: "http://evil.example" })).status).toBe(403);
    expect((await send("PUT", `/uploads/${ID}/x`, "x", { host: "evil.example" })).status).toBe(421);
    expect(existsSync(path.join(folder, "uploads", ID, "x"))).toBe(false);
  });

  it("keep one of two of a path that are sent at once, whole, and refuse the other", async () => {
    const contents = ["first", "second"].map((text) => Buffer.alloc(3_000_000, text));
    const target = `/uploads/${ID}/twice/a.bin`;
    const answers = await Promise.all(contents.map((body) => send("PUT", target, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const kept = contents[answers.findIndex(({ status }) => status === 201)];
    expect(readFileSync(path.join(folder, "uploads", ID, "twice", "a.bin")).equals(kept ?? Buffer.alloc(0))).toBe(true);
    expect(answers.find(({ status }) => status === 409)?.body).toMatch(/^twice\/a\.bin: must be sent once; /);
    expect(readdirSync(path.join(folder, "uploads", "incoming"))).toEqual([]);
  });

  it("keep many of one path at once to one", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => send("PUT", `/uploads/${ID}/many/a.bin`, String(i).repeat(1000))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
  });

  it("tell a file from a folder of the same name, either way round", async () => {
    expect((await send("PUT", `/uploads/${ID}/mixed/a`, "file")).status).toBe(201);
    for (const target of [`/uploads/${ID}/mixed/a/b`, `/uploads/${ID}/mixed/a/`, `/uploads/${ID}/mixed/a/b/c/`]) {
      const { status, body } = await send("PUT", target, target.endsWith("/") ? "" : "x");
      expect([status, body], target).toEqual([409, expect.stringMatching(/^mixed\/a[^:]*: must lie in a folder; received a file of the folder's name\./)]);
    }
    expect((await send("PUT", `/uploads/${ID}/mixed`, "x")).body).toContain("an existing folder of this name");
    expect(readFileSync(path.join(folder, "uploads", ID, "mixed", "a"), "utf8")).toBe("file");
  });

  it.skipIf(process.platform === "win32")("say that a name or a path is too long, in bytes, and keep nothing of it", async () => {
    const wide = encodeURIComponent("개".repeat(86));
    for (const [target, received] of [
      [`/uploads/${ID}/long/${"x".repeat(256)}`, "a name of 256 bytes"],
      [`/uploads/${ID}/long/${"x".repeat(256)}/a`, "a name of 256 bytes"],
      [`/uploads/${ID}/long/${wide}`, "a name of 258 bytes"],
      [`/uploads/${ID}/long/${"x".repeat(256)}/`, "a name of 256 bytes"],
      [`/uploads/${ID}/long/${Array.from({ length: 20 }, () => "x".repeat(250)).join("/")}`, "a path of "],
    ] as const) {
      const { status, body } = await send("PUT", target, target.endsWith("/") ? "" : Buffer.alloc(1_000_000));
      expect(status, target).toBe(400);
      expect(body).toContain("must have names of at most 255 bytes, and at most 4095 as a path; received ");
      expect(body).toContain(received);
      expect(body.length).toBeLessThan(400);
    }
    expect((await send("PUT", `/uploads/${ID}/long/${"x".repeat(255)}`, "fits")).status).toBe(201);
    expect(readdirSync(path.join(folder, "uploads", ID, "long"))).toEqual(["x".repeat(255)]);
    expect(readdirSync(path.join(folder, "uploads", "incoming"))).toEqual([]);
  });

  it("refuse before it is read what has no room, and answer while it is still being sent", async () => {
    const bytes = 2 ** 50;
    const { status, body } = await ask(host, `/uploads/${ID}/huge`, { method: "PUT", headers: { ...own, "content-length": String(bytes) }, body: "the start" });
    expect(status).toBe(507);
    expect(body).toMatch(new RegExp(`^huge: must fit on the disk; received ${bytes} bytes, and \\d+ are free\\. Free some space`));
    expect(existsSync(path.join(folder, "uploads", ID, "huge"))).toBe(false);
  });

  it("show nothing of a file that ends in the middle", async () => {
    const incoming = path.join(folder, "uploads", "incoming");
    const head = [`PUT /uploads/${ID}/half/a.bin HTTP/1.1`, `Host: 127.0.0.1:${host.port}`, "Content-Length: 1000000"];
    const lines = [...head, ...Object.entries(own).map(([name, value]) => `${name}: ${value}`), "", ""];
    const socket = connect(host.port, "127.0.0.1", () => socket.write(lines.join("\r\n") + "x".repeat(1000)));
    await expect.poll(() => readdirSync(incoming).length).toBe(1);
    expect(statSync(path.join(incoming, readdirSync(incoming)[0] ?? "")).mode & 0o777).toBe(0o600);
    expect(existsSync(path.join(folder, "uploads", ID, "half"))).toBe(false);
    socket.destroy();
    await expect.poll(() => readdirSync(incoming)).toEqual([]);
    expect(existsSync(path.join(folder, "uploads", ID, "half", "a.bin"))).toBe(false);
    expect((await send("PUT", `/uploads/${ID}/half/a.bin`, "whole")).status).toBe(201);
  });

  it("give up on a sender that stops in the middle, and say so", async () => {
    const impatient = await startWebHost({
      studio: { router: {}, uploads: new Uploads(folder) },
      rendererFolder: folder,
      patience: { headersMs: 10_000, idleMs: 200 },
    });
    const headers = { ...ownHeaders(impatient, await enter(impatient)), "content-length": "1000000" };
    expect((await ask(impatient, `/uploads/${ID}/stopped`, { method: "PUT", headers, body: "x" })).status).toBe(408);
    await expect.poll(() => readdirSync(path.join(folder, "uploads", "incoming"))).toEqual([]);
    await impatient.close();
  });
});

describe("a full disk", () => {
  /** As a disk does that runs full behind the back of whoever asked how much is free. */
  it("ends an upload with one answer, and keeps what was there", async (context) => {
    const small = temporaryFolder();
    if (!mountSmall(small, "size=1m")) return skipLoudly(context, "a small file system cannot be mounted here; it takes a superuser");
    const full = await startWebHost({ studio: { router: {}, uploads: new Uploads(small) }, rendererFolder: folder });
    try {
      const headers = ownHeaders(full, await enter(full));
      const put = (name: string, body: Buffer, more: Record<string, string> = {}) =>
        ask(full, `/uploads/${ID}/${name}`, { method: "PUT", headers: { ...headers, ...more }, body });
      expect((await put("kept", Buffer.alloc(200_000, "k"))).status).toBe(201);
      // In chunks nobody knows its size before; the sender sends on for long after the disk is full.
      const { status, body, headers: answered } = await put("big", Buffer.alloc(20_000_000), { "transfer-encoding": "chunked" });
      expect([status, body]).toEqual([507, expect.stringMatching(/^big: must fit on the disk; received ENOSPC\. Free some space/)]);
      expect(answered).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", connection: "close" });
      expect(readdirSync(path.join(small, "uploads", ID))).toEqual(["kept"]);
      expect(readdirSync(path.join(small, "uploads", "incoming"))).toEqual([]);
      expect((await put("known", Buffer.alloc(3_000_000))).body).toContain("3000000 bytes, and ");
      expect((await put("fits", Buffer.alloc(200_000))).status).toBe(201);
      expect(readFileSync(path.join(small, "uploads", ID, "kept")).equals(Buffer.alloc(200_000, "k"))).toBe(true);
    } finally {
      await full.close();
    }
  });
});
