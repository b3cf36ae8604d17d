/** z = x shifted by y bits, for unsigned integers; bits shifted out are lost. */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator } from "../operator.ts";
import { broadcastShapes } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { isWhole, sameDType, wrap } from "./dtypes.ts";
import { typed } from "./elementwise.ts";

export const BitShift = defineOperator<{ readonly direction: string }>({
  name: "BitShift",
  summary: "z = x shifted by y bits, LEFT or RIGHT",
  arity: [2, 2],
  attributes: { direction: "string" },
  infer: (inputs, { direction }) => {
    const dtype = sameDType("BitShift", inputs);
    if (dtype !== "uint32" && dtype !== "uint8") throw internal(`BitShift takes unsigned numbers, not ${dtype}`);
    if (direction !== "LEFT" && direction !== "RIGHT") throw internal(`a shift goes LEFT or RIGHT, not ${direction}`);
    return [{ dtype, shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape) }];
  },
  gradient: "none",
  reference: (inputs, { direction }, outputs) => {
    const type = at(outputs, 0);
    const { dtype } = type;
    if (!isWhole(dtype)) throw internal(`BitShift does not make ${dtype}`);
    return [
      build(type, (index) => {
        const [x, y] = [BigInt(broadcastRead(inputAt(inputs, 0), index)), BigInt(broadcastRead(inputAt(inputs, 1), index))];
        return wrap(direction === "LEFT" ? x << y : x >> y, dtype);
      }),
    ];
  },
  samples: [
    { title: "right by a scalar", inputs: [typed("uint32", 2, 5), typed("uint32")], attributes: { direction: "RIGHT" }, below: [2 ** 32, 32] },
    { title: "left, element by element", inputs: [typed("uint32", 3, 4), typed("uint32", 3, 4)], attributes: { direction: "LEFT" }, below: [2 ** 32, 32] },
    { title: "left, broadcast", inputs: [typed("uint32", 3, 1), typed("uint32", 4)], attributes: { direction: "LEFT" }, below: [2 ** 32, 32] },
    { title: "bytes", inputs: [typed("uint8", 6), typed("uint8", 6)], attributes: { direction: "LEFT" }, below: [256, 8] },
  ],
});
