/** Every operator of the IR. */
import { internal } from "../../kit/fault.ts";
import type { OperatorDefinition } from "../operator.ts";

export const operators: Readonly<Record<string, OperatorDefinition>> = {};

export function operator(name: string): OperatorDefinition {
  const definition = operators[name];
  if (definition === undefined) throw internal(`no operator is named ${name}; there are ${Object.keys(operators).join(", ")}`);
  return definition;
}
