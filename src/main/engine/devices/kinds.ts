/** Operators with given types, for which a device may have a kernel. */
import type { Attributes, Node, TensorType } from "../../../shared/graph/types.ts";

/** Plain data, so that it can be sent to another process. */
export interface OperatorKind {
  /** Equal for nodes of the same kind. */
  readonly key: string;
  readonly operator: string;
  readonly attributes: Attributes;
  /** null for an omitted optional input. */
  readonly inputs: readonly (TensorType | null)[];
  readonly outputs: readonly TensorType[];
}

/** @param typeOf returns the type of a name that the node reads or makes */
export function kindOf({ op, attributes, inputs, outputs }: Node, typeOf: (name: string) => TensorType): OperatorKind {
  const kind = { operator: op, attributes, inputs: inputs.map((name) => (name === "" ? null : typeOf(name))), outputs: outputs.map(typeOf) };
  const ranks = [...kind.inputs, ...kind.outputs].map((type) => (type === null ? "-" : `${type.dtype}${type.shape.length}`));
  return { key: `${op} ${ranks.join(" ")} ${JSON.stringify(attributes)}`, ...kind };
}
