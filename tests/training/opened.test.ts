/** How often the data room looks whether a source has changed: a folder of ten thousand images takes longer to look at than a preview may. */
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { fingerprintOf } from "../../src/main/data/fingerprint.ts";
import { openedDataset } from "../../src/main/training/room/opened.ts";

const LOOK_MS = 40;

vi.mock("../../src/main/data/fingerprint.ts", () => ({
  fingerprintOf: vi.fn(async () => {
    await pause(LOOK_MS);
    return "as it was";
  }),
}));

it("takes a twentieth of the time at most, and looks at another source at once", async () => {
  const iris = { type: "shipped", name: "iris" } as const;
  const first = await openedDataset(iris);
  for (let i = 0; i < 10; i++) expect(await openedDataset(iris)).toBe(first);
  expect(fingerprintOf).toHaveBeenCalledTimes(1);
  await openedDataset({ type: "shipped", name: "wine" });
  expect(fingerprintOf).toHaveBeenCalledTimes(2);
  await pause(22 * LOOK_MS);
  await vi.waitFor(async () => {
    await openedDataset({ type: "shipped", name: "wine" });
    expect(fingerprintOf).toHaveBeenCalledTimes(3);
  });
});
