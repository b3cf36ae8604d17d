/** How many steps one call of the loop takes on, and the rates that are told. */
import { describe, expect, it } from "vitest";
import { Throughput } from "../../src/main/training/throughput.ts";

describe("throughput", () => {
  it("counts waiting for samples into the rates, and not into how many steps fit into a call", () => {
    const [busy, waiting] = [new Throughput(), new Throughput()];
    for (let i = 0; i < 5; i++) {
      busy.add(10, 640, 50);
      waiting.add(10, 640, 50, 150);
    }
    expect(busy.rates()).toEqual({ stepsPerSecond: 200, samplesPerSecond: 12_800 });
    expect(waiting.rates()).toEqual({ stepsPerSecond: 50, samplesPerSecond: 3200 });
    expect([busy.stepsFor(60), waiting.stepsFor(60)]).toEqual([12, 12]);
  });

  it("never has more steps in a call than it was given, and never none", () => {
    const [few, none] = [new Throughput(3), new Throughput(0)];
    for (const each of [few, none]) each.add(1, 64, 0.01);
    expect([few.stepsFor(60), none.stepsFor(60)]).toEqual([3, 1]);
  });
});
