/**
 * k-fold cross-validation: the samples outside the test part are divided into k parts whose sizes differ by at most one. Each part is the validation
 * part of one run. Source: M. Stone, "Cross-validatory choice and assessment of statistical predictions", Journal of the Royal Statistical Society B
 * 36, 1974. Repeated: every repeat divides differently; the fold number is repeat · k + fold.
 */
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import { foldSize } from "../../../shared/recipe/split.ts";
import { deal } from "./deal.ts";
import { allot } from "./groups.ts";
import { type MethodOf, pick, type Split, type SplitRequest } from "./request.ts";
import { holdOutTest } from "./testPart.ts";

/** Without repeats it is the first repeat. */
export function kFold(request: SplitRequest, { folds, fold }: MethodOf<"kFold"> | MethodOf<"repeatedKFold">): Split {
  const { rest, test } = holdOutTest(request);
  const stream = new RandomStream(request.seed, `split/folds/${Math.floor(fold / folds)}`);
  const sizes = Array.from({ length: folds }, (_, each) => foldSize(rest.length, folds, each));
  const parts = cut(request, rest, sizes, stream);
  const validation = at(parts, fold % folds).sort();
  const held = new Set(validation);
  return { train: rest.filter((index) => !held.has(index)), validation, test };
}

function cut({ classOf, groups }: SplitRequest, rest: Uint32Array, sizes: readonly number[], stream: RandomStream): Uint32Array[] {
  if (groups === null) return deal(pick(rest, stream.permutation(rest.length)), classOf, sizes);
  return allot(rest, groups, classOf, sizes, stream, `${sizes.length} folds`);
}
