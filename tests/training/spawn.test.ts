/** What a trainer's process is started with. */
import os from "node:os";
import { afterEach, expect, it, vi } from "vitest";
import { trainerEnvironment } from "../../src/main/training/spawn.ts";

afterEach(() => vi.unstubAllEnvs());

it("as many threads to decode images in as there are processors, unless the person says otherwise", () => {
  vi.stubEnv("UV_THREADPOOL_SIZE", undefined);
  expect(Number(trainerEnvironment().UV_THREADPOOL_SIZE)).toBe(Math.max(4, os.availableParallelism()));
  vi.stubEnv("UV_THREADPOOL_SIZE", "3");
  expect(trainerEnvironment()).toMatchObject({ UV_THREADPOOL_SIZE: "3", PATH: process.env.PATH });
});
