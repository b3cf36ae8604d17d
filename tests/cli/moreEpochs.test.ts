/** `descent resume RUN --epochs N`: what it says before, what it refuses, and that a completed run goes on. */
import { describe, expect, it } from "vitest";
import { jsonLines, temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

const SET = ["--set", "budget.epochs=2", "--set", "schedule.type=cosine"];

describe("descent resume --epochs", () => {
  it("gives a completed run more epochs, and says before what its schedule makes of it", { timeout: 240_000 }, async () => {
    const home = temporaryFolder();
    const first = await descentHere(["train", "iris-mlp", ...SET, "--home", home]);
    expect(first.status, first.stderr).toBe(0);
    const refused = await descentHere(["resume", "last", "--home", home]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/Give it more epochs: descent resume \w+ --epochs \+10/);
    const few = await descentHere(["resume", "last", "--epochs", "2", "--home", home]);
    expect(few.status).toBe(2);
    expect(few.stderr).toContain("epochs: must be a whole number from 3 to 1000000: all epochs of the run, of which it has trained 2; received 2.");
    const none = await descentHere(["resume", "last", "--epochs", "many", "--home", home]);
    expect(none.status).toBe(2);
    expect(none.stderr).toContain("It must be a whole number from 1 to 1000000, with a leading + to add that many.");
    const went = await descentHere(["resume", "last", "--epochs", "+1", "--json", "--home", home]);
    expect(went.status, went.stderr).toBe(0);
    expect(went.stderr).toContain('The learning rates of the schedule "cosine" depend on the length of the run: up to step');
    const lines = jsonLines(went.stdout);
    expect(lines[0]).toMatchObject({ type: "started", totalEpochs: 3 });
    expect(lines.at(-1)).toMatchObject({ type: "done", status: "completed" });
  });
});
