/** Grouped convolution: filters use only the channels of their own group (Krizhevsky et al. 2012; depthwise: Chollet 2017, arXiv:1610.02357). */
import { either, plural, say } from "../../kit/say.ts";
import { integer } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { LayerMisfit } from "./layer.ts";

export const groupsField = integer({
  default: 1,
  min: 1,
  max: 8192,
  scale: "log",
  rare: true,
  title: { en: "Groups", ko: "그룹 수" },
  description: {
    en: "Number of groups that channels and filters are split into; a filter sees only the channels of its group. Set it to the number of channels to filter each channel separately (depthwise) with far fewer weights; a convolution with a kernel of 1 after it then mixes the channels.",
    ko: "채널과 필터를 나누는 그룹의 수. 필터는 자기 그룹의 채널만 봅니다. 채널 수와 같게 하면 훨씬 적은 가중치로 채널마다 따로 거릅니다(깊이별 합성곱). 그다음에 커널 1의 합성곱을 두어 채널을 섞습니다.",
  },
});

/** Checks that the groups divide the channels and the filters. */
export function checkGroups(channels: number, filters: number, groups: number): void {
  if (channels % groups === 0 && filters % groups === 0) return;
  const divisors = nearest(groups, Math.min(channels, filters), (count) => channels % count === 0 && filters % count === 0);
  const multiples = channels % groups === 0 ? nearest(filters, filters + groups, (count) => count % groups === 0) : [];
  throw new LayerMisfit(
    "groups",
    say`must divide the input's channels and the filters`,
    say`${groups} groups for ${channels} channels and ${filters} filters`,
    multiples.length > 0 ? say`Use ${groupsOf(divisors)}, or ${either(multiples.map(String))} filters.` : say`Use ${groupsOf(divisors)}.`,
  );
}

function groupsOf(counts: readonly number[]): Words {
  return say`${either(counts.map(String))} ${plural(counts.at(-1) ?? 0, "group", "groups")}`;
}

/** The nearest suitable numbers below and above `count`, from 1 to `last`. */
function nearest(count: number, last: number, willDo: (count: number) => boolean): readonly number[] {
  const below = Array.from({ length: Math.min(count, last + 1) - 1 }, (_, i) => i + 1).findLast(willDo);
  const above = Array.from({ length: Math.max(0, last - count) }, (_, i) => count + 1 + i).find(willDo);
  return [below, above].filter((found) => found !== undefined);
}
