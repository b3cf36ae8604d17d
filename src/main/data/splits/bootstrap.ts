/**
 * Bootstrap: the training part is a bag of samples drawn with replacement, as many as there are outside the test part. The samples that were never
 * drawn, about 1/e of them, are the validation part. Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979.
 * Stratified: every class is drawn separately, so that it is as frequent in the bag as in the data. With groups, whole groups are drawn (the cluster
 * bootstrap; A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8), and class frequencies vary.
 */
import { at, Fault } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import { gather, requireGroups } from "./groups.ts";
import type { MethodOf, Split, SplitRequest } from "./request.ts";
import { holdOutTest } from "./testPart.ts";

export function bootstrap(request: SplitRequest, { round }: MethodOf<"bootstrap">): Split {
  const { rest, test } = holdOutTest(request);
  const { classOf, groups, seed } = request;
  const stream = new RandomStream(seed, `split/bootstrap/${round}`);
  const bag = groups === null ? drawSamples(rest, classOf, stream) : drawGroups(rest, groups, stream);
  const drawn = new Set(bag);
  const validation = rest.filter((index) => !drawn.has(index));
  if (validation.length === 0) throw noneLeftOut(rest.length, round);
  return { train: bag.sort(), validation, test };
}

/** Draw n uses counter n, whatever its class. */
function drawSamples(rest: Uint32Array, classOf: (index: number) => number, stream: RandomStream): Uint32Array {
  const classes = new Map<number, number[]>();
  for (const index of rest) {
    const known = classes.get(classOf(index));
    if (known === undefined) classes.set(classOf(index), [index]);
    else known.push(index);
  }
  return rest.map((index, n) => {
    const members = classes.get(classOf(index)) ?? [];
    return at(members, stream.below(members.length, n));
  });
}

function drawGroups(rest: Uint32Array, groups: Uint32Array, stream: RandomStream): Uint32Array {
  const gathered = gather(rest, groups);
  requireGroups(gathered.length, 2, "the bag and those left out of it");
  return Uint32Array.from(gathered.flatMap((_, n) => at(gathered, stream.below(gathered.length, n))));
}

function noneLeftOut(length: number, round: number): Fault {
  return new Fault("input", [
    {
      place: "data.split.method.round",
      expected: `must be a round that leaves some of the ${length} samples outside the test part undrawn, for validation`,
      received: `${round}, which drew all of them`,
      remedy: "Choose another round, turn stratified off, or use more data.",
    },
  ]);
}
