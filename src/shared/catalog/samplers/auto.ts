/**
 * The sampler that fits the study: it hands every proposal to one of the others, by the space, the objectives and the number of trials so far, so that it is as
 * repeatable as they are. Which of them is best where was measured by `npm run bench -- --only search`.
 */
import { z } from "zod";
import type { Words } from "../../kit/words.ts";
import { axisValues } from "./axis.ts";
import { cmaEs } from "./cmaEs.ts";
import { gaussianProcess } from "./gaussianProcess.ts";
import { nsga2 } from "./nsga2.ts";
import type { Belief, BeliefAxis, SamplerDefinition, SamplerTask } from "./sampler.ts";
import { type Dimension, type Point, type Space, valueCount } from "./space.ts";
import { tpe } from "./tpe.ts";

const schema = z.strictObject({ type: z.literal("auto") });

/** Number of trials up to which a Gaussian process proposes in less than half a second. */
const GAUSSIAN_TRIALS = 200;
/** Above this fraction of choices and conditional dimensions they decide more than the numbers. */
const MOSTLY_CHOICES = 2 / 3;

const settings = {
  cmaEs: cmaEs.schema.parse({ type: "cmaEs" }),
  gaussianProcess: gaussianProcess.schema.parse({ type: "gaussianProcess" }),
  nsga2: nsga2.schema.parse({ type: "nsga2" }),
  tpe: tpe.schema.parse({ type: "tpe" }),
};

export const auto = {
  title: { en: "Automatic", ko: "자동" },
  summary: {
    en: "Chooses among the others by the fields, the objectives and the number of trials, and says why.",
    ko: "필드와 목적, 시행 수를 보고 다른 샘플러 가운데서 고르고, 그 까닭을 말합니다.",
  },
  source: "the benchmark of Descent's samplers",
  schema,
  propose: (task) => {
    switch (chosenFor(task)) {
      case "nsga2":
        return nsga2.propose(task, settings.nsga2);
      case "tpe":
        return tpe.propose(task, settings.tpe);
      case "cmaEs":
        return cmaEs.propose(task, settings.cmaEs);
      case "gaussianProcess":
        return gaussianProcess.propose(task, settings.gaussianProcess);
    }
  },
  believe: (task, _, point) => {
    switch (chosenFor(task)) {
      case "nsga2":
      case "cmaEs":
        return withoutModel(task, point);
      case "tpe":
        return tpe.believe(task, settings.tpe, point);
      case "gaussianProcess":
        return gaussianProcess.believe(task, settings.gaussianProcess, point);
    }
  },
  samples: [{}],
} satisfies SamplerDefinition<z.output<typeof schema>>;

/**
 * Why it searches as it does, in one line.
 * @param trials that the study will have in all
 */
export function autoReason(space: Space, objectives: number, trials: number): Words {
  const [first, then] = [chosen(space, objectives, 0), chosen(space, objectives, GAUSSIAN_TRIALS)];
  const { en, ko } = REASONS[first];
  if (then === first || trials <= GAUSSIAN_TRIALS) return REASONS[first];
  const [name, from] = [then === "tpe" ? tpe.title : cmaEs.title, GAUSSIAN_TRIALS + 1];
  return { en: `${en} From trial ${from} on ${name.en}, which stays quick.`, ko: `${ko} ${from}번째 시행부터는 계속 빠른 ${name.ko}를 씁니다.` };
}

type Name = keyof typeof settings;

function chosenFor({ space, objectives, observations }: SamplerTask): Name {
  return chosen(space, objectives, observations.length);
}

/** @param count number of trials so far */
function chosen(space: Space, objectives: number, count: number): Name {
  if (objectives > 1) return "nsga2";
  const searched = space.filter((dimension) => valueCount(dimension) > 1);
  const awkward = searched.filter(isAwkward).length;
  if (awkward > MOSTLY_CHOICES * searched.length) return "tpe";
  if (count < GAUSSIAN_TRIALS) return "gaussianProcess";
  return awkward === 0 ? "cmaEs" : "tpe";
}

/** A choice, or a dimension that does not always exist. */
function isAwkward({ type, when }: Dimension): boolean {
  return type === "choice" || when !== undefined;
}

function withoutModel({ space, objectives, trials }: SamplerTask, point: Point): Belief {
  const axes = space.flatMap((dimension): readonly BeliefAxis[] => {
    const own = Object.hasOwn(point, dimension.name) ? point[dimension.name] : undefined;
    if (own === undefined || valueCount(dimension) === 1) return [];
    return [{ name: dimension.name, at: axisValues(dimension, own).map((value) => ({ value, mean: null, deviation: null, acquisition: 0.5 })) }];
  });
  return { reason: autoReason(space, objectives, trials), expected: null, axes };
}

const REASONS: Readonly<Record<Name, Words>> = {
  nsga2: {
    en: "NSGA-II, because several objectives have a front of best trials instead of one.",
    ko: "목적이 여럿이면 가장 좋은 시행이 하나가 아니라 전선을 이루므로 NSGA-II를 씁니다.",
  },
  tpe: {
    en: "TPE, because most fields are choices or depend on one.",
    ko: "필드 대부분이 선택지이거나 선택지에 매여 있으므로 TPE를 씁니다.",
  },
  gaussianProcess: {
    en: "A Gaussian process, because it needs the fewest trials where many fields are numbers; its first points are quasi-random.",
    ko: "숫자 필드가 많으면 시행이 가장 적게 드는 가우스 과정을 씁니다. 처음 점들은 준무작위입니다.",
  },
  cmaEs: {
    en: "CMA-ES, because it stays quick at any number of trials.",
    ko: "시행이 아무리 많아도 빠른 CMA-ES를 씁니다.",
  },
};
