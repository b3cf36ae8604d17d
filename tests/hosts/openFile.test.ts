/** The address that a browser is started with is a private file. That `ps` shows no token is held by tests/e2e/session.test.ts. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { writeOpenFile } from "../../src/main/hosts/web/openFile.ts";
import { temporaryFolder } from "../history/fixtures.ts";

it("leaves one private file, and none of a studio that ended too early", () => {
  const home = temporaryFolder();
  writeFileSync(path.join(home, "open-mine.html"), "a person's own");
  writeOpenFile(home, "http://127.0.0.1:1/#token=early");
  const { url, remove } = writeOpenFile(home, "http://127.0.0.1:1/#token=now");
  const file = fileURLToPath(url);
  expect(readdirSync(home).sort()).toEqual([path.basename(file), "open-mine.html"].sort());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toContain('content="0; url=http://127.0.0.1:1/#token=now"');
  remove();
  remove();
  expect(readdirSync(home)).toEqual(["open-mine.html"]);
});
