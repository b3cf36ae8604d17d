/** Builds element-wise operators from one formula each. */
import { at, internal } from "../../kit/fault.ts";
import { defineOperator, type GradientRule, type OperatorDefinition, type Sample } from "../operator.ts";
import { broadcastShapes, type DType, type TensorType } from "../types.ts";
import { broadcastRead, build, inputAt } from "./arrays.ts";
import { isWhole, sameDType, wrap } from "./dtypes.ts";

export type None = Readonly<Record<string, never>>;
type Rules = readonly (GradientRule<None> | null)[] | "none";

/** A tensor type, for samples. */
export const typed = (dtype: DType, ...shape: readonly number[]): TensorType => ({ dtype, shape });
export const float = (...shape: readonly number[]): TensorType => typed("float32", ...shape);

interface UnarySpec {
  readonly name: string;
  readonly summary: string;
  readonly value: (x: number) => number;
  readonly gradient: Rules;
  /** Element type of input and output; float where absent. */
  readonly dtype?: DType;
  readonly range?: readonly [number, number];
  readonly separated?: boolean;
}

/** y = f(x). */
export function unary({ name, summary, value, gradient, dtype = "float32", range, separated }: UnarySpec): OperatorDefinition<None> {
  const extra = { ...(range === undefined ? {} : { range }), ...(separated === undefined ? {} : { separated }) };
  return defineOperator<None>({
    name,
    summary,
    arity: [1, 1],
    attributes: {},
    infer: (inputs) => {
      const x = at(inputs, 0);
      if (dtype === "bool" && x.dtype !== "bool") throw internal(`${name} does not take ${x.dtype}`);
      return [x];
    },
    gradient,
    reference: (inputs, _, outputs) => [build(at(outputs, 0), (__, flat) => value(at(inputAt(inputs, 0).data, flat)))],
    samples: [
      { title: "matrix", inputs: [typed(dtype, 3, 4)], attributes: {}, ...extra },
      { title: "scalar", inputs: [typed(dtype)], attributes: {}, ...extra },
    ],
  });
}

interface BinarySpec {
  readonly name: string;
  readonly summary: string;
  /** In float64; absent if only integers are accepted. */
  readonly value?: (x: number, y: number) => number;
  /** For integers, before wrap-around; `value` where absent. */
  readonly whole?: (x: bigint, y: bigint) => bigint;
  readonly gradient: Rules;
  /** Element type of the broadcast samples; float where absent. */
  readonly dtype?: DType;
  /** Element type of the output; that of the inputs where absent. */
  readonly result?: DType;
  readonly range?: readonly [number, number];
  readonly separated?: boolean;
  readonly ties?: boolean;
  /** Further element types for samples; uint32 over its full range, so that it wraps around. */
  readonly also?: readonly DType[];
}

const broadcasts: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ["equal shapes", [2, 3], [2, 3]],
  ["a row over rows", [2, 3], [3]],
  ["a column and a row", [2, 1], [1, 3]],
  ["a scalar on the right", [2, 3], []],
  ["a scalar on the left", [], [2, 3]],
  ["a matrix over a stack", [2, 3, 4], [3, 1]],
];

/** z = f(x, y) with numpy broadcasting. */
export function binary({
  name,
  summary,
  value,
  whole,
  gradient,
  dtype = "float32",
  result,
  range,
  separated,
  ties,
  also = [],
}: BinarySpec): OperatorDefinition<None> {
  const extra = { ...(range === undefined ? {} : { range }), ...(separated === undefined ? {} : { separated }), ...(ties === undefined ? {} : { ties }) };
  const sample = (title: string, type: DType, a: readonly number[], b: readonly number[]): Sample<None> => ({
    title,
    inputs: [typed(type, ...a), typed(type, ...b)],
    attributes: {},
    ...extra,
    ...(type === "uint32" ? { below: 2 ** 32 } : {}),
  });
  return defineOperator<None>({
    name,
    summary,
    arity: [2, 2],
    attributes: {},
    infer: (inputs) => {
      const taken = sameDType(name, inputs);
      const refused = dtype === "bool" ? taken !== "bool" : value === undefined ? !isWhole(taken) : whole !== undefined && taken === "bool";
      if (refused) throw internal(`${name} does not take ${taken}`);
      return [{ dtype: result ?? taken, shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape) }];
    },
    gradient,
    reference: (inputs, _, outputs) => {
      const [x, y] = [inputAt(inputs, 0), inputAt(inputs, 1)];
      const type = at(outputs, 0);
      return [
        build(type, (index) => {
          const [a, b] = [broadcastRead(x, index), broadcastRead(y, index)];
          if (whole && isWhole(type.dtype)) return wrap(whole(BigInt(a), BigInt(b)), type.dtype);
          if (value) return value(a, b);
          throw internal(`${name} does not make ${type.dtype}`);
        }),
      ];
    },
    samples: [...broadcasts.map(([title, a, b]) => sample(title, dtype, a, b)), ...also.map((type) => sample(`of ${type}`, type, [2, 3], [3]))],
  });
}
