/** Tests run on Node. `unit` needs no build; `e2e` drives the built studio in a real Chromium, two files at a time. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Most tests wait for a process of their own. The default leaves one core idle, which on two is half of the machine.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each has a studio and a browser of its own; more at once only wait for each other.
          maxWorkers: 2,
          // How long a page takes to show something says nothing about whether it does.
          expect: { poll: { timeout: 90_000, interval: 100 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
