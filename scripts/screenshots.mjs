// @ts-check
/**
 * `npm run screenshots`: docs/screenshots/{runs,workbench,data,augment,tune,importance}-{light,dark}.png, taken of the real studio on a home of its own.
 * A few runs and a study are trained by the command line; the starter in the pictures of the workbench is training while they are taken.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { rerunWhereTooOld } from "./lib/node.mjs";
import { inRoot, Plain, root, runMain, say } from "./lib/project.mjs";

const FOLDER = inRoot("docs", "screenshots");
const SIZE = { width: 1440, height: 900 };
const SCHEMES = /** @type {const} */ (["light", "dark"]);
/** The curves have their shape by then, and there is still something to come. */
const EPOCH = 8;

/** Runs for the table: a recipe and what is different about it. @type {readonly (readonly string[])[]} */
const TRAINED = [
  ["iris-mlp"],
  ["iris-mlp", "--set", "name=iris-sgd", "--set", "optimizer.type=sgd", "--set", "optimizer.lr=0.1"],
  ["digits-cnn", "--set", "name=digits-cnn-momentum", "--set", "optimizer.type=momentum", "--set", "optimizer.lr=0.02", "--set", "budget.epochs=8"],
  ["digits-cnn", "--set", "name=digits-cnn-batch-128", "--set", "batch.size=128", "--set", "budget.epochs=8"],
];

/** A starter study. */
const STUDY = "digits-learning-rate";

await runMain(async () => {
  await ensureInstalled();
  const status = await rerunWhereTooOld();
  if (status !== null) return status;
  await ensureBuilt();
  const executablePath = findChromium();
  if (executablePath === null) throw new Plain("screenshots need Chromium: install it, or name an executable in DESCENT_CHROMIUM");
  const home = mkdtempSync(path.join(os.tmpdir(), "descent-screenshots-"));
  try {
    for (const recipe of TRAINED) await descent("train", ...recipe, "--home", home);
    await descent("tune", STUDY, "--home", home);
    const studio = await serve(home);
    try {
      await photograph(studio.url, executablePath);
    } finally {
      await studio.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  say(
    `wrote ${SCHEMES.flatMap((scheme) => ["runs", "workbench", "data", "augment", "tune", "importance"].map((screen) => `${screen}-${scheme}.png`)).join(", ")} to docs/screenshots`,
  );
  return 0;
});

/**
 * @param {string} url
 * @param {string} executablePath
 */
async function photograph(url, executablePath) {
  mkdirSync(FOLDER, { recursive: true });
  const { chromium } = await import("playwright-core");
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args: ["--headless=new", ...sandbox, "--disable-gpu", "--disable-quic", "--no-first-run"] });
  try {
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(url);
    await page.getByRole("grid").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("button", { name: "Train digits-cnn" }).click();
    await page.getByText(`epoch ${EPOCH} of`).waitFor({ timeout: 120_000 });
    for (const scheme of SCHEMES) await take("workbench", scheme);
    await page.getByRole("link", { name: "Runs" }).click();
    await page.getByRole("grid").waitFor();
    for (const scheme of SCHEMES) await take("runs", scheme);
    await page.getByRole("link", { name: "Tune" }).click();
    await page.getByRole("link", { name: STUDY }).click();
    await page.locator("[data-trial]").first().waitFor();
    for (const scheme of SCHEMES) await take("tune", scheme);
    // The view "Understand".
    await page.keyboard.press("2");
    await page.getByRole("region", { name: "Understand" }).waitFor();
    for (const scheme of SCHEMES) await take("importance", scheme);
    await page.goto(`${new URL(url).origin}/#/data/shipped:fashion-mnist`);
    await page.getByText("All 70,000 samples").waitFor({ timeout: 120_000 });
    for (const scheme of SCHEMES) await take("data", scheme);
    await page.getByRole("button", { name: "Augment…" }).click();
    for (const name of ["affine", "cutout"]) {
      await page.getByRole("button", { name: "Add an augmentation" }).click();
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
    }
    await page.getByText("16 variants made").waitFor();
    // The first picture compiles the program; the ones after it are what a person sees who moves a slider.
    for (const key of ["ArrowRight", "ArrowLeft"]) {
      await page.waitForTimeout(1000);
      await page.getByRole("slider", { name: /Rotation/ }).press(key);
    }
    for (const scheme of SCHEMES) await take("augment", scheme);

    /** @param {string} screen @param {"light" | "dark"} colorScheme */
    async function take(screen, colorScheme) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(FOLDER, `${screen}-${colorScheme}.png`) });
    }
  } finally {
    await browser.close();
  }
}

/** @param {string[]} args */
async function descent(...args) {
  const child = spawn(process.execPath, [inRoot("bin", "descent.mjs"), ...args], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Plain(`descent ${args.join(" ")} ended with status ${code}`);
}

/**
 * @param {string} home
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
async function serve(home) {
  const child = spawn(process.execPath, [inRoot("bin", "descent.mjs"), "serve", "--no-open", "--home", home], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise((resolve) => child.once("close", resolve));
  let told = "";
  const url = await new Promise((resolve, reject) => {
    child.once("close", (code) => reject(new Plain(`the studio ended with status ${code}`)));
    child.stdout.setEncoding("utf8").on("data", (text) => {
      told += text;
      const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(told)?.[0];
      if (address !== undefined) resolve(address);
    });
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGINT");
      await gone;
    },
  };
}
