/** Tabs of one browser that let each other in: Node's BroadcastChannel is that of browsers. */
import { expect, it, onTestFinished, vi } from "vitest";
import { answerNewcomers, askForToken } from "../../src/renderer/newcomers.ts";

const SHORT_MS = 150;

function tab(isIn: boolean, token: string | null) {
  const issue = vi.fn(async () => token);
  onTestFinished(answerNewcomers({ isIn: () => isIn, issue }));
  return issue;
}

it("a newcomer gets a token from one of the tabs that are in, and only that one asks for it", async () => {
  const tabs = [tab(true, "first"), tab(false, "never"), tab(true, "second")];
  expect(["first", "second"]).toContain(await askForToken());
  expect(tabs.reduce((sum, issue) => sum + issue.mock.calls.length, 0)).toBe(1);
  expect(tabs[1]).not.toHaveBeenCalled();
});

it("two newcomers get a token each", async () => {
  let issued = 0;
  onTestFinished(answerNewcomers({ isIn: () => true, issue: async () => `token ${++issued}` }));
  expect((await Promise.all([askForToken(), askForToken()])).toSorted()).toEqual(["token 1", "token 2"]);
});

it("gets none where no tab is in, and none from a tab that the studio no longer knows", async () => {
  expect(await askForToken(SHORT_MS)).toBeNull();
  tab(false, "never");
  expect(await askForToken(SHORT_MS)).toBeNull();
  const lost = tab(true, null);
  expect(await askForToken(SHORT_MS)).toBeNull();
  expect(lost).toHaveBeenCalledOnce();
});

it("ignores what is no message, and a token for another newcomer", async () => {
  const channel = new BroadcastChannel("descent.newcomers");
  onTestFinished(() => channel.close());
  const asked = askForToken(SHORT_MS);
  for (const said of ["nonsense", { type: "token", token: "x" }, { type: "token", newcomer: "another", token: "x" }]) channel.postMessage(said);
  expect(await asked).toBeNull();
});
