import { rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { openHistory } from "../../src/main/history/history.ts";
import { mountSmall, skipLoudly, temporaryFolder } from "../history/fixtures.ts";
import { block, irisRecipe, openStage, refused, untilStatus } from "./harness.ts";

it("a disk that fills up ends the run with the reason, damages nothing, and the run goes on when there is room", async (context) => {
  const mount = temporaryFolder();
  if (!mountSmall(mount, "size=4m")) return skipLoudly(context, "a small file system cannot be mounted here; it takes a superuser");
  const home = path.join(mount, "home");
  const stage = await openStage(home);
  const { id } = await stage.client.runs.start({ recipe: irisRecipe });
  const trainer = await stage.trainer(0);
  await trainer.trainJob();
  const kept = trainer.metrics(block("train.loss", 1, 100));
  await vi.waitFor(() => expect(trainer.acknowledged).toBe(kept));

  const filler = path.join(mount, "filler");
  const { bavail, bsize } = statfsSync(mount);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  trainer.metrics(block("train.loss", 101, 60_000));
  const run = await untilStatus(stage, id, "failed");
  expect(run.problems[0]).toMatchObject({ place: path.join(home, "history.sqlite"), expected: "the disk must have room for the history" });
  expect(trainer.killed).toBe(true);
  expect(trainer.acknowledged).toBe(kept);
  expect(await stage.client.runs.list()).toMatchObject([{ id, status: "failed" }]);
  expect((await refused(stage.client.runs.start({ recipe: irisRecipe }))).kind).toBe("environment");
  expect(await stage.client.runs.list()).toHaveLength(1);

  rmSync(filler);
  const history = openHistory(path.join(home, "history.sqlite"));
  // The row itself says so once the disk takes it.
  await vi.waitFor(() => expect(history.runs.summary(1).status).toBe("failed"), { timeout: 10_000 });
  expect(history.connection.pragma("integrity_check")).toBe("ok");
  history.connection.close();
  await stage.client.runs.resume({ id });
  const second = await stage.trainer(1);
  expect((await second.trainJob()).resumeFrom).toBeNull();
  second.metrics(block("train.loss", 1, 200));
  second.finish("completed");
  await untilStatus(stage, id, "completed");
  const [series] = await stage.client.runs.metrics({ id });
  expect(series?.points.map(({ step }) => step).slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});
