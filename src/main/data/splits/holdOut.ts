/** Hold-out: one validation part and one test part, drawn at random, or as the source gives them. */
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import { deal } from "./deal.ts";
import { allot } from "./groups.ts";
import { givenPart, pick, range, type Split, type SplitRequest } from "./request.ts";

/** The column of a table of counts. The others are validation and test. */
const TRAIN = 0;

export function holdOut(request: SplitRequest): Split {
  const { drawn, given, validation, counts, classOf, groups, seed } = request;
  const columns = [counts.train, validation === null ? counts.validation : 0, given > 0 ? 0 : counts.test];
  const stream = new RandomStream(seed, "split");
  const held = new Set(validation);
  const members = range(drawn).filter((index) => !held.has(index));
  const parts =
    groups === null
      ? deal(pick(members, stream.permutation(members.length)), classOf, columns, TRAIN).map((part) => part.sort())
      : allot(members, groups, classOf, columns, stream, "training, validation and test");
  return { train: at(parts, 0), validation: validation ?? at(parts, 1), test: given > 0 ? givenPart(request) : at(parts, 2) };
}
