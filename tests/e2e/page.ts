/** What the end-to-end tests look at in the window. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { PATIENCE_MS } from "./chromium.ts";

/** Polls with a patience that a loaded machine does not exhaust: how fast something happens is no verdict here. */
export function eventually<T>(look: () => Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE_MS });
}

/** Polls until the text of a place matches. */
export async function expectText(place: Locator, text: string | RegExp, timeout = PATIENCE_MS): Promise<void> {
  await expect.poll(async () => ((await place.count()) === 0 ? "nothing there" : ((await place.first().textContent()) ?? "")), { timeout }).toMatch(text);
}

/** The open run's status, as the window says it to a screen reader. */
export function statusOf(page: Page): Locator {
  return page.getByRole("region", { name: "Run", exact: true }).locator("[data-status]");
}

export function hasFocus(place: Locator): Promise<boolean> {
  return place.evaluate((element) => element.matches(":focus"));
}

/**
 * The button of the newest notification with these words that offers to undo. The pointer rests on the notification, for which it waits: on a slow machine
 * what is looked at before the button is pressed may take longer than it stays.
 */
export async function offeredUndo(page: Page, words: string): Promise<Locator> {
  const undo = page.getByRole("alert").filter({ hasText: words }).last().getByRole("button", { name: "Undo" });
  await undo.hover();
  return undo;
}

/** Number of points in the drawn training curve of a chart. */
export async function curvePoints(page: Page, chart: string): Promise<number> {
  const paths = await page.getByRole("region", { name: chart, exact: true }).locator("path.recharts-line-curve").all();
  const counts = await Promise.all(paths.map(async (path) => ((await path.getAttribute("d")) ?? "").split(/[ML]/).length - 1));
  return Math.max(0, ...counts);
}

/** Animations under way, without those that go on as long as something waits. */
const FADING = `document.getAnimations().filter((each) => each.playState === "running" && Number.isFinite(each.effect?.getComputedTiming().endTime)).length`;

/** No violation of any rule of axe, in the colours that the page shows now. @param rules more than these must have had something to look at */
export async function expectAccessible(page: Page, rules = 20): Promise<void> {
  // Colours fade while a theme or a notice comes in; axe would judge a moment that nobody reads.
  await page.waitForTimeout(400);
  await eventually(() => page.evaluate<number>(FADING)).toBe(0);
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html: html.slice(0, 200), failureSummary })) })),
  ).toEqual([]);
  expect(passes.length).toBeGreaterThan(rules);
}

/** Where every field of the form stands, from the form's upper edge. */
export function fieldPositions(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const form = document.querySelector("[data-section]").parentElement.getBoundingClientRect().top;
    return [...document.querySelectorAll("[data-section] [data-place]")].map((each) => [each.dataset.place, Math.round(each.getBoundingClientRect().top - form)]);
  })()`);
}
