/** The table of real trainings that searches are compared on: whole, small, and what training gives. */
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { configurations, digitsSpace, digitsTable, EPOCHS, numberOf, TABLE_FILE } from "../../bench/tables/digits.ts";
import { inSpace } from "../../src/shared/catalog/samplers/space.ts";

const points = configurations();
const lookUp = digitsTable();

it("has every point of a space of eight fields once, in at most 3 MB", () => {
  expect(digitsSpace).toHaveLength(8);
  expect(points.length).toBeGreaterThanOrEqual(1000);
  expect(statSync(TABLE_FILE).size).toBeLessThanOrEqual(3e6);
  for (const [number, point] of points.entries()) {
    expect(inSpace(digitsSpace, point)).toBe(true);
    expect(numberOf(point)).toBe(number);
  }
});

it("has a whole curve for each of them, of fractions and losses; few have diverged", () => {
  const [wrong, diverged]: [string[], string[]] = [[], []];
  for (const point of points) {
    const { accuracy, loss } = lookUp(point);
    const ended = accuracy.findIndex(Number.isNaN);
    const kept = ended < 0 ? EPOCHS : ended;
    const right = accuracy.every((fraction, epoch) => {
      const value = loss[epoch] ?? Number.NaN;
      if (epoch >= kept) return Number.isNaN(fraction) && Number.isNaN(value);
      return fraction >= 0 && fraction <= 1 && value > 0 && value < 1.001e4;
    });
    if (!right || accuracy.length !== EPOCHS || loss.length !== EPOCHS) wrong.push(JSON.stringify(point));
    if (ended >= 0) diverged.push(JSON.stringify(point));
  }
  expect(wrong).toEqual([]);
  expect(diverged.length).toBeLessThan(points.length / 100);
});

it("has what training gives", async () => {
  const script = fileURLToPath(new URL("../../bench/tables/makeDigits.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--check", "3"]);
  // Another processor rounds in other places, which a training amplifies.
  const [, median] = stdout.match(/median difference of the last accuracy: ([\d.]+)/) ?? [];
  expect(Number(median)).toBeLessThan(0.02);
  expect(stdout.match(/in the table/g)).toHaveLength(3);
});
