/** `descent lr-find`: the curve and a suggestion that learns, as text and as JSON; bad input says so; nothing is left behind. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "./inProcess.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "descent-range-"));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

describe("descent lr-find", () => {
  it("draws the loss over the learning rate and suggests one", { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await here("lr-find", "digits-cnn", "--steps", "120", "--home", home);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/RATE +LOSS/);
    const rate = Number(/--set optimizer\.lr=([\d.e-]+)/.exec(stdout)?.[1]);
    expect(rate).toBeGreaterThan(1e-6);
    expect(rate).toBeLessThan(0.1);
    expect((await here("runs", "--home", home)).stdout).toContain("No runs yet.");
  });

  it("streams points and ends with the result as JSON, the same for the same seed", { timeout: 60_000 }, async () => {
    const lines = async () => (await here("lr-find", "iris-mlp", "--steps", "40", "--from", "1e-4", "--to", "1", "--home", home, "--json")).lines;
    const [first, second] = [await lines(), await lines()];
    const points = (of: typeof first) => of.filter(({ type }) => type === "points").flatMap(({ points }) => points);
    expect(points(first).length).toBeGreaterThan(10);
    expect(points(second)).toEqual(points(first));
    expect(first.at(-1)).toMatchObject({ type: "result", result: { reason: expect.stringContaining("loss") } });
  });

  it.each([
    [["digits-cnn", "--from", "1", "--to", "0.1"], /to: must be greater than from/],
    [["digits-cnn", "--steps", "3"], /whole number from 10 to 10000/],
    [["digits-cnn", "--set", "model.layers[8].units=3"], /model\.layers\[8\]: the last layer must give \[10\]/],
    [["no-such"], /must be a recipe file/],
  ] as const)("refuses %j", async (args, words) => {
    const { code, stderr } = await here("lr-find", ...args, "--home", home);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});
