/** Holds out the test part before a method divides the rest: for one seed it is the same in every fold and round. */
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import { deal } from "./deal.ts";
import { allot } from "./groups.ts";
import { givenPart, range, type SplitRequest } from "./request.ts";

/** Both ascending. */
export interface HeldOut {
  readonly rest: Uint32Array;
  readonly test: Uint32Array;
}

export function holdOutTest(request: SplitRequest): HeldOut {
  const { drawn, given, counts, classOf, groups, seed } = request;
  if (given.test > 0) return { rest: range(drawn), test: givenPart(request, "test") };
  const columns = [drawn - counts.test, counts.test];
  const stream = new RandomStream(seed, "split");
  const parts =
    groups === null
      ? deal(stream.permutation(drawn), classOf, columns, 0).map((part) => part.sort())
      : allot(range(drawn), groups, classOf, columns, stream, "the test part and the rest");
  return { rest: at(parts, 0), test: at(parts, 1) };
}
