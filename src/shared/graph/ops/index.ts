/** Every operator of the IR. */
import { internal } from "../../kit/fault.ts";
import type { OperatorDefinition } from "../operator.ts";
import { Abs } from "./Abs.ts";
import { Add } from "./Add.ts";
import { And } from "./And.ts";
import { ArgMax } from "./ArgMax.ts";
import { AveragePool } from "./AveragePool.ts";
import { BatchNormalization } from "./BatchNormalization.ts";
import { BitShift } from "./BitShift.ts";
import { BitwiseAnd } from "./BitwiseAnd.ts";
import { BitwiseXor } from "./BitwiseXor.ts";
import { Cast } from "./Cast.ts";
import { Concat } from "./Concat.ts";
import { Conv } from "./Conv.ts";
import { ConvTranspose } from "./ConvTranspose.ts";
import { Cos } from "./Cos.ts";
import { DepthToSpace } from "./DepthToSpace.ts";
import { Div } from "./Div.ts";
import { Elu } from "./Elu.ts";
import { Equal } from "./Equal.ts";
import { Erf } from "./Erf.ts";
import { Exp } from "./Exp.ts";
import { Expand } from "./Expand.ts";
import { Floor } from "./Floor.ts";
import { Gather } from "./Gather.ts";
import { GatherElements } from "./GatherElements.ts";
import { Gemm } from "./Gemm.ts";
import { GlobalAveragePool } from "./GlobalAveragePool.ts";
import { Greater } from "./Greater.ts";
import { GreaterOrEqual } from "./GreaterOrEqual.ts";
import { GridSample } from "./GridSample.ts";
import { Identity } from "./Identity.ts";
import { Less } from "./Less.ts";
import { LessOrEqual } from "./LessOrEqual.ts";
import { Log } from "./Log.ts";
import { LogSoftmax } from "./LogSoftmax.ts";
import { Loop } from "./Loop.ts";
import { MatMul } from "./MatMul.ts";
import { Max } from "./Max.ts";
import { MaxPool } from "./MaxPool.ts";
import { Min } from "./Min.ts";
import { Mod } from "./Mod.ts";
import { Mul } from "./Mul.ts";
import { Neg } from "./Neg.ts";
import { Not } from "./Not.ts";
import { Or } from "./Or.ts";
import { Pad } from "./Pad.ts";
import { Pow } from "./Pow.ts";
import { Range } from "./Range.ts";
import { Reciprocal } from "./Reciprocal.ts";
import { ReduceMax } from "./ReduceMax.ts";
import { ReduceMean } from "./ReduceMean.ts";
import { ReduceSum } from "./ReduceSum.ts";
import { Relu } from "./Relu.ts";
import { Reshape } from "./Reshape.ts";
import { ScatterElements } from "./ScatterElements.ts";
import { Sigmoid } from "./Sigmoid.ts";
import { Sign } from "./Sign.ts";
import { Sin } from "./Sin.ts";
import { Slice } from "./Slice.ts";
import { Softmax } from "./Softmax.ts";
import { Softplus } from "./Softplus.ts";
import { Split } from "./Split.ts";
import { Sqrt } from "./Sqrt.ts";
import { Sub } from "./Sub.ts";
import { Tanh } from "./Tanh.ts";
import { Transpose } from "./Transpose.ts";
import { Where } from "./Where.ts";

export const operators = {
  Abs,
  Add,
  And,
  ArgMax,
  AveragePool,
  BatchNormalization,
  BitShift,
  BitwiseAnd,
  BitwiseXor,
  Cast,
  Concat,
  Conv,
  ConvTranspose,
  Cos,
  DepthToSpace,
  Div,
  Elu,
  Equal,
  Erf,
  Exp,
  Expand,
  Floor,
  Gather,
  GatherElements,
  Gemm,
  GlobalAveragePool,
  Greater,
  GreaterOrEqual,
  GridSample,
  Identity,
  Less,
  LessOrEqual,
  Log,
  LogSoftmax,
  Loop,
  MatMul,
  Max,
  MaxPool,
  Min,
  Mod,
  Mul,
  Neg,
  Not,
  Or,
  Pad,
  Pow,
  Range,
  Reciprocal,
  ReduceMax,
  ReduceMean,
  ReduceSum,
  Relu,
  Reshape,
  ScatterElements,
  Sigmoid,
  Sign,
  Sin,
  Slice,
  Softmax,
  Softplus,
  Split,
  Sqrt,
  Sub,
  Tanh,
  Transpose,
  Where,
};

export type OperatorName = keyof typeof operators;

function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}

/** The definition of an operator by name. */
export function operator(name: string): OperatorDefinition {
  if (!isOperatorName(name)) throw internal(`no operator is named ${name}; there are ${Object.keys(operators).join(", ")}`);
  return operators[name];
}
