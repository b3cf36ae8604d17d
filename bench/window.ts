/**
 * How quickly a window is usable and how soon two windows agree, while a run trains: `node bench/window.ts [--recipe fashion-cnn] [--rounds 5] [--runs 0] [--json]`.
 *
 * A real Chromium opens the run's page and reloads it. Milliseconds since the reload began until the header, the run's name with the form, and the
 * loss curve are on the page, and until a click is answered. Then a run is renamed in one window, and the other is watched until it shows the name.
 * `--runs` puts this number of finished runs into the history first.
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openHistory } from "../src/main/history/history.ts";
import { findChromium, launchChromium } from "../tests/e2e/chromium.ts";
import { busyShare } from "./load.ts";
import { anotherAddress, comeIn, startStudio, startTraining } from "./studio.ts";

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: "fashion-cnn" },
    rounds: { type: "string", default: "5" },
    runs: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const executablePath = findChromium();
if (executablePath === null) throw new Error("no Chromium was found: name one in DESCENT_CHROMIUM");

/** Notes in the page itself when each mark is first there, so that no round trip is counted. */
const MARKS = `(() => {
  const marks = { header: "header nav a", name: "h2[title]", form: "main input", curve: "[aria-label=Loss] path.recharts-line-curve" };
  window.seenAt = {};
  const look = () => {
    for (const [name, selector] of Object.entries(marks))
      if (!(name in window.seenAt) && document.querySelector(selector) !== null) window.seenAt[name] = performance.now();
    if (Object.keys(window.seenAt).length < Object.keys(marks).length) setTimeout(look, 5);
  };
  look();
  window.longTasks = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.longTasks += entry.duration; }).observe({ type: "longtask", buffered: true });
})()`;

/** The page's policy forbids what Playwright's own polling needs. */
async function until(page: Page, condition: string): Promise<void> {
  while (!(await page.evaluate<boolean>(condition).catch(() => false))) await wait(10);
}

type Times = Readonly<Record<string, number>>;

async function reloaded(page: Page): Promise<Times> {
  await page.reload({ waitUntil: "commit" });
  await until(page, "window.seenAt !== undefined && 'curve' in window.seenAt && 'name' in window.seenAt");
  // The palette answers a key: the page is not only drawn.
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/Search screens/).waitFor();
  const answered = await page.evaluate<number>("performance.now()");
  await page.keyboard.press("Escape");
  const seen = await page.evaluate<Times>("window.seenAt");
  return { ...seen, answered, busy: await page.evaluate<number>("window.longTasks") };
}

/** Milliseconds from a change in one window until another one shows it. */
async function agreed(change: () => Promise<unknown>, other: Page, name: string): Promise<number> {
  const startedAt = performance.now();
  const shown = until(other, `document.body.textContent.includes(${JSON.stringify(name)})`);
  await change();
  await shown;
  return performance.now() - startedAt;
}

/** Finished runs straight into the history, as a studio that was used for years holds them. */
async function fill(home: string, count: number): Promise<void> {
  const history = openHistory(path.join(home, "history.sqlite"));
  history.connection.transaction(() => {
    const experiment = history.experiments.ensure("default");
    for (let index = 0; index < count; index++) {
      const recipe = { seed: index, optimizer: { type: "adam", lr: 0.001 * (1 + (index % 7)) }, batch: { size: 16 << (index % 4) } };
      const run = history.runs.insert({
        id: randomBytes(4).toString("hex"),
        experiment,
        recipe: history.recipes.ensure(recipe).key,
        name: `run of family ${index % 50}`,
        owner: "bench",
        dataset: "digits",
        seed: index,
        device: "cpu",
        optimizer: "adam",
        parameterCount: 1000,
        plan: { inputShape: [64], layers: [], outputShape: [10], parameterCount: 1000 },
        checkpointEvery: null,
        totalSteps: 100,
        totalEpochs: 10,
      });
      history.runs.update(run, { status: "completed", owner: null, startedAt: 1, endedAt: 2, step: 100, epoch: 10 });
    }
  });
  history.connection.close();
}

const medians = (all: readonly Times[]): Times =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => {
      const sorted = all.map((times) => times[name] ?? Number.NaN).toSorted((a, b) => a - b);
      return [name, Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)];
    }),
  );

const busyBefore = await busyShare();
const many = Number(values.runs);
const studio = await startStudio(many > 0 ? (home) => fill(home, many) : undefined);
const browser = await launchChromium(executablePath);
try {
  const { client, secret, close } = await comeIn(studio.address);
  const id = await startTraining(client, values.recipe, 1000);
  await wait(8000);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await context.addInitScript({ content: MARKS });
  const open = async (hash: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(await anotherAddress(studio.address, secret));
    await page.getByRole("navigation").waitFor();
    await page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);
    return page;
  };
  const run = await open(`#/workbench/${id}`);
  await run.waitForSelector("[aria-label=Loss] path.recharts-line-curve", { state: "attached" });
  const reloads: Times[] = [];
  for (let round = 0; round < rounds; round++) reloads.push(await reloaded(run));
  const list = await open("#/runs");
  await list.getByRole("grid").waitFor();
  const agreements: Times[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = `renamed ${round}`;
    await wait(700 + 130 * round);
    const renamed = await agreed(() => client.runs.rename({ id, name }), list, name);
    const title = `again ${round}`;
    const inWorkbench = await agreed(() => client.runs.rename({ id, name: title }), run, title);
    agreements.push({ listed: renamed, opened: inWorkbench });
  }
  const { step } = await client.runs.get({ id });
  await client.runs.stop({ id });
  close();
  const result = {
    recipe: values.recipe,
    rounds,
    runs: many,
    busyBefore,
    steps: step,
    reload: medians(reloads),
    agree: medians(agreements),
    reloads,
    agreements,
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    console.log(
      `${values.recipe} was training (${step} steps by the end); others used ${(busyBefore * 100).toFixed(0)} % of the processors before; medians of ${rounds}, in ms\n`,
    );
    console.log("| what | median | slowest |\n| --- | ---: | ---: |");
    for (const [title, all] of [
      ["reload", reloads],
      ["agree", agreements],
    ] as const)
      for (const [name, value] of Object.entries(medians(all)))
        console.log(`| ${title}: ${name} | ${value} | ${Math.round(Math.max(...all.map((times) => times[name] ?? 0)))} |`);
  }
} finally {
  await browser.close();
  await studio.stop();
}
