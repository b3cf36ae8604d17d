/** Counter-based random numbers: fixed for ever, even, and independent between streams. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashName, mix32, RandomStream } from "../../src/shared/math/random.ts";

// Of seed 42, stream "golden", from a second implementation of the documented algorithm, in Python.
const UNIFORM = [0.9185076951980591, 0.02807515859603882, 0.439169704914093];
const BELOW = [9, 0, 4, 8, 3, 5, 2, 2];
const NORMAL = [2.2045559330745492, 0.36488411082506356, -0.758517600352886];
/** Of seed 2⁵³ − 1, whose two words are both used. */
const LARGEST_SEED = [3818249200, 531936177, 1331089923];

/** Pearson's statistic of counts against an even spread. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("RandomStream", () => {
  it("never changes: stored runs depend on these numbers", () => {
    expect([0, 1, 2, 0xffffffff].map(mix32)).toMatchInlineSnapshot(`
      [
        0,
        69681622,
        4057983209,
        310335631,
      ]
    `);
    const stream = new RandomStream(42, "golden");
    expect([0, 1, 2, 3].map((i) => stream.uint32(i))).toMatchInlineSnapshot(`
      [
        3944960635,
        120582094,
        1886219734,
        3457837616,
      ]
    `);
    expect([...new RandomStream(7, "shuffle/epoch 1").permutation(8)]).toMatchInlineSnapshot(`
      [
        1,
        0,
        6,
        5,
        2,
        7,
        4,
        3,
      ]
    `);
    expect(hashName("initialize/conv2d1/weight")).toMatchInlineSnapshot(`100402032`);
    expect([0, 1, 2].map((i) => stream.uniform(i))).toEqual(UNIFORM);
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((i) => stream.below(10, i))).toEqual(BELOW);
    expect([0, 1, 2].map((i) => new RandomStream(Number.MAX_SAFE_INTEGER, "golden").uint32(i))).toEqual(LARGEST_SEED);
    // Sines and logarithms may differ in the last bit from one machine to the next.
    for (const [i, value] of NORMAL.entries()) expect(stream.normal(i)).toBeCloseTo(value, 12);
  });

  it("mixes without collisions, as a bijection must", () => {
    const counters = Array.from({ length: 100_000 }, (_, i) => i);
    expect(new Set(counters.map(mix32)).size).toBe(counters.length);
    const stream = new RandomStream(9, "bijection");
    expect(new Set(counters.map((i) => stream.uint32(i))).size).toBe(counters.length);
  });

  it("gives every draw by its counter alone, in any order", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 50 }), (seed, name, counters) => {
        const stream = new RandomStream(seed, name);
        const forwards = counters.map((counter) => stream.uint32(counter));
        const backwards = counters.toReversed().map((counter) => stream.uint32(counter));
        expect(backwards.toReversed()).toEqual(forwards);
        expect(counters.map((counter) => new RandomStream(seed, name).uint32(counter))).toEqual(forwards);
      }),
    );
  });

  it("stays in its ranges; uniform draws are exact in float32", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(0xffffffff), fc.integer({ min: 1, max: 1_000_000 }), (seed, counter, bound) => {
        const stream = new RandomStream(seed, "range");
        const [uniform, whole] = [stream.uniform(counter), stream.below(bound, counter)];
        expect(uniform >= 0 && uniform < 1 && Math.fround(uniform) === uniform).toBe(true);
        expect(Number.isInteger(whole) && whole >= 0 && whole < bound).toBe(true);
      }),
    );
  });

  it("is even over 256 cells (chi-square, 255 degrees of freedom, far below the 0.1 % bound of 330)", () => {
    for (const seed of [0, 1, 2 ** 40]) {
      const counts = new Array<number>(256).fill(0);
      const stream = new RandomStream(seed, "even");
      for (let i = 0; i < 100_000; i++) counts[stream.below(256, i)] = (counts[stream.below(256, i)] ?? 0) + 1;
      expect(chiSquare(counts)).toBeLessThan(330);
      expect(chiSquare(counts)).toBeGreaterThan(180);
    }
  });

  it("has normal draws of mean 0 and variance 1", () => {
    const stream = new RandomStream(3, "normal");
    const draws = Array.from({ length: 50_000 }, (_, i) => stream.normal(i));
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length - 1)).toBeLessThan(0.03);
  });

  it("is uncorrelated between neighbouring seeds and between streams", () => {
    for (const [a, b] of [
      [new RandomStream(1, "x"), new RandomStream(2, "x")],
      [new RandomStream(1, "epoch 1"), new RandomStream(1, "epoch 2")],
    ] as const) {
      let sum = 0;
      for (let i = 0; i < 20_000; i++) sum += (a.uniform(i) - 0.5) * (b.uniform(i) - 0.5);
      expect(Math.abs((sum / 20_000) * 12)).toBeLessThan(0.03);
    }
  });

  it("tells seeds apart in both of their words, and names", () => {
    const first = (seed: number, name: string) => new RandomStream(seed, name).uint32(0);
    const draws = [0, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 52].flatMap((seed) => ["a", "b", "ab", "ba", ""].map((name) => first(seed, name)));
    expect(new Set(draws).size).toBe(draws.length);
  });

  it("is independent between streams and neighbouring counters (chi-square of pairs in 16×16 cells, 255 degrees of freedom)", () => {
    const [epoch, nextEpoch, nextSeed] = [
      new RandomStream(3, "shuffle/epoch 1"),
      new RandomStream(3, "shuffle/epoch 2"),
      new RandomStream(4, "shuffle/epoch 1"),
    ];
    const pairs: readonly (readonly [string, (i: number) => number, (i: number) => number])[] = [
      ["epochs", (i) => epoch.below(16, i), (i) => nextEpoch.below(16, i)],
      ["seeds", (i) => epoch.below(16, i), (i) => nextSeed.below(16, i)],
      ["counters", (i) => epoch.below(16, i), (i) => epoch.below(16, i + 1)],
    ];
    for (const [title, a, b] of pairs) {
      const cells = new Array<number>(256).fill(0);
      for (let i = 0; i < 50_000; i++) {
        const cell = a(i) * 16 + b(i);
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
      expect(chiSquare(cells), title).toBeLessThan(330);
      expect(chiSquare(cells), title).toBeGreaterThan(180);
    }
  });

  it("permutes evenly: every number is as likely at every place (chi-square, 49 degrees of freedom)", () => {
    const cells = new Array<number>(64).fill(0);
    for (let epoch = 0; epoch < 8000; epoch++)
      for (const [place, number] of new RandomStream(1, `shuffle/epoch ${epoch}`).permutation(8).entries()) {
        const cell = place * 8 + number;
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
    expect(chiSquare(cells)).toBeLessThan(85);
    expect(chiSquare(cells)).toBeGreaterThan(23);
  });

  it("permutes: every number once, the same for the same seed", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), fc.integer({ min: 0, max: 300 }), (seed, name, length) => {
        const order = new RandomStream(seed, name).permutation(length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        expect(new RandomStream(seed, name).permutation(length)).toEqual(order);
      }),
    );
  });
});
