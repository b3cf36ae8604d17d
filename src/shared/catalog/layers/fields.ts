/** Fields that several layers share. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { joined, say } from "../../kit/say.ts";
import { flag, literal, metaOf } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";
import { type Rank, spaceWords } from "./space.ts";

export const layerName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/)
  .optional()
  .meta(
    metaOf({
      personal: true,
      rare: true,
      rule: say`must start with a letter and contain letters, digits, _ . -`,
      title: { en: "Name", ko: "이름" },
      description: {
        en: "Address of the layer's tensors. Empty: made from the type and a count.",
        ko: "층의 텐서를 가리키는 주소. 비우면 종류와 번호로 만듭니다.",
      },
    }),
  );

export const useBias = flag({
  default: true,
  title: { en: "Bias", ko: "편향" },
  description: {
    en: "Adds a learned constant to every output. Turn it off before a normalization, which has its own.",
    ko: "출력마다 학습한 상수를 더합니다. 정규화에는 자체 상수가 있으므로 그 앞에서는 끄세요.",
  },
});

/** One number for all spatial axes, or one per axis. */
export type PerAxis = number | readonly number[];

/** A field with such a value. A sequence has only one axis, so it takes only a number. */
export function perAxis(
  rank: Rank,
  options: {
    readonly default: number;
    readonly min: number;
    readonly rare?: boolean;
    readonly title: Words;
    readonly description: Words;
  },
) {
  const { default: fallback, min, ...meta } = options;
  const item = z.int().gte(min);
  const field = rank === 1 ? item : z.union([item, axisTuple(rank, item)]);
  return field.default(fallback).meta(metaOf(meta));
}

/** ", one number or [height, width]"; empty for one axis. */
export function orEachAxis(rank: Rank): Words {
  const { en, ko } = joined(spaceWords[rank].axes, ", ");
  return rank === 1 ? { en: "", ko: "" } : { en: `, one number or [${en}]`, ko: `, 수 하나 또는 [${ko}]` };
}

export function eachAxis(value: PerAxis, rank: Rank): readonly number[] {
  return spaceWords[rank].axes.map((_, axis) => (typeof value === "number" ? value : at(value, axis)));
}

/** "same" depends on the size of the axis, "symmetric" only on the window; "symmetric" and a number pad both sides equally. */
export type Padding = "valid" | "same" | "symmetric" | PerAxis;

/** @param description what each of "valid", "same", "symmetric" and a number does, and when to change it */
export function paddingField(rank: Rank, description: Words) {
  const amount = z.int().gte(0);
  const names = [
    literal("valid", { en: "None (valid)", ko: "없음(valid)" }),
    literal("same", { en: "Same size (same)", ko: "같은 크기(same)" }),
    literal("symmetric", { en: "Half a window (symmetric)", ko: "창의 절반(symmetric)" }),
    amount,
  ] as const;
  const field = rank === 1 ? z.union(names) : z.union([...names, axisTuple(rank, amount)]);
  return field.default("valid").meta(metaOf({ title: { en: "Padding", ko: "패딩" }, description }));
}

function axisTuple(rank: 2 | 3, item: z.ZodInt): z.ZodType<number[], number[]> {
  return rank === 2 ? z.tuple([item, item]) : z.tuple([item, item, item]);
}
