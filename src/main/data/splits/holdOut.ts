/** Hold-out: one validation part and one test part, drawn at random unless the source names them. */
import { at } from "../../../shared/kit/fault.ts";
import { RandomStream } from "../../../shared/math/random.ts";
import { deal } from "./deal.ts";
import { allot } from "./groups.ts";
import { givenPart, range, type Split, type SplitRequest } from "./request.ts";

/** Column of the training part in a table of counts; validation and test follow. */
const TRAIN = 0;

export function holdOut(request: SplitRequest): Split {
  const { drawn, given, counts, classOf, groups, seed } = request;
  const columns = [counts.train, given.validation > 0 ? 0 : counts.validation, given.test > 0 ? 0 : counts.test];
  const stream = new RandomStream(seed, "split");
  const parts =
    groups === null
      ? deal(stream.permutation(drawn), classOf, columns, TRAIN).map((part) => part.sort())
      : allot(range(drawn), groups, classOf, columns, stream, "training, validation and test");
  return {
    train: at(parts, 0),
    validation: given.validation > 0 ? givenPart(request, "validation") : at(parts, 1),
    test: given.test > 0 ? givenPart(request, "test") : at(parts, 2),
  };
}
