/** Shifts a signal by an integer number of steps: x'[t] = x[t − s], s uniform on −S … S. Without resampling, so that no value changes. */
import { z } from "zod";
import { add, and, cast, expand, gatherElements, greaterOrEqual, less, max, min, sub, where } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { choice, real } from "../../kit/schema.ts";
import type { AugmentationDefinition } from "./augmentation.ts";
import { probabilityField } from "./fields.ts";
import { lengthOf, stepsOf } from "./time.ts";

const schema = z.strictObject({
  type: z.literal("timeShift"),
  probability: probabilityField(),
  share: real({
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0, 0.3],
    title: { en: "Largest shift", ko: "최대 이동" },
    description: {
      en: "Largest shift in either direction, as a fraction of the length. Raise it where the start of an event is random; keep it small where the moment decides the class.",
      ko: "어느 방향으로든 최대 이동량. 전체 길이에 대한 비율입니다. 언제 시작하는지가 우연이면 올리고, 시점이 클래스를 정하면 작게 두세요.",
    },
  }),
  outside: choice(
    { zeros: { en: "Silence", ko: "무음" }, wrap: { en: "Wrap around", ko: "순환" } },
    {
      default: "zeros",
      title: { en: "Outside", ko: "바깥" },
      description: {
        en: "What fills the end that becomes free: silence (every channel's mean), or what left at the other end. Wrap only periodic signals.",
        ko: "비게 되는 끝을 채우는 것: 무음(채널마다 평균) 또는 반대쪽으로 나간 값. 순환은 주기적인 신호에만 쓰세요.",
      },
    },
  ),
});

export const timeShift = {
  title: { en: "Time shift", ko: "시간 이동" },
  summary: {
    en: "Shifts the signal earlier or later: the network learns that the time at which an event begins does not matter.",
    ko: "신호를 앞이나 뒤로 옮깁니다. 신경망은 사건이 언제 시작하는지가 중요하지 않음을 배웁니다.",
  },
  kinds: ["signal"],
  schema,
  structure: ["outside"],
  width: () => 1,
  draw: ({ config: { share }, shape, random }) => {
    if (share === 0) return null;
    const most = Math.max(1, Math.round(share * lengthOf(shape)));
    const shift = random.below("shift", 2 * most + 1) - most;
    return shift === 0 ? null : [shift];
  },
  apply: ({ x, number, config: { outside }, shape, batch }) => {
    const length = lengthOf(shape);
    const from = sub(stepsOf(x, length), number(0));
    const present = and(greaterOrEqual(from, 0), less(from, length));
    const around = where(less(from, 0), add(from, length), where(greaterOrEqual(from, length), sub(from, length), from));
    const places = cast(outside === "wrap" ? around : max(min(from, length - 1), 0), "int64");
    const moved = gatherElements(x, expand(places, [batch, ...shape]), shape.length);
    return outside === "wrap" ? moved : where(present, moved, 0);
  },
  expected: ({ sample, config: { share, outside }, random }) => {
    const length = at(sample.shape, sample.shape.length - 1);
    const most = share === 0 ? 0 : Math.max(1, Math.round(share * length));
    const later = random.below("shift", 2 * most + 1) - most;
    return sample.map((_, place) => {
      const before = at(place, place.length - 1) - later;
      if (outside === "zeros" && (before < 0 || before >= length)) return 0;
      return sample.value(...place.with(-1, (before + 2 * length) % length));
    });
  },
  identities: [{ share: 0 }],
  samples: [
    { config: {}, shape: [1, 32] },
    { config: { share: 0.5, outside: "wrap" }, shape: [2, 13] },
    { config: { share: 1 }, shape: [3, 6] },
    { config: { share: 1, outside: "wrap" }, shape: [1, 5] },
  ],
} satisfies AugmentationDefinition<z.output<typeof schema>>;
