/** Trials and their values as the command line writes them. */
import type { ObjectiveFacts, StudyDetail, Trial } from "../../../shared/contract/studies.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { countText, numberText, percentText } from "../../../shared/text/numbers.ts";

export function valueText({ unit }: ObjectiveFacts, value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  switch (unit) {
    case "fraction":
      return percentText(value);
    case "seconds":
      return durationText(value * 1000);
    case "count":
      return countText(value, "en");
    default:
      return numberText(value);
  }
}

/** `rate=0.01 units=8` */
export function pointText(point: Trial["point"]): string {
  return Object.entries(point)
    .map(([name, value]) => `${name}=${typeof value === "number" && !Number.isInteger(value) ? numberText(value) : String(value)}`)
    .join(" ");
}

/** `trial 7: accuracy 97.1 %` */
export function bestText({ best, objectives }: StudyDetail): string {
  if (best === null) return "no completed trial yet";
  return `trial ${best.number}: ${objectives.map((facts, i) => `${facts.metric} ${valueText(facts, best.values[i])}`).join(", ")}`;
}
