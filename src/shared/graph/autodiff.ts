/**
 * Reverse-mode differentiation (Griewank & Walther 2008, chapter 3): a backward walk over the nodes, with one formula per operator. Un-broadcasting,
 * accumulation over uses, pruning and the shape checks are done here for all operators.
 */
import { internal } from "../kit/fault.ts";
import { add, expand, reduceSum, reshape } from "./functions.ts";
import type { GradientRule, OperatorDefinition } from "./operator.ts";
import { operator } from "./ops/index.ts";
import { type Attributes, formatType, type Node, type Shape, sameShape, staticShape } from "./types.ts";
import type { Builder, Value } from "./value.ts";

/**
 * Adds nodes for the gradient of Σᵢ ⟨outputsᵢ, cotangentsᵢ⟩ by each value of `wrt`.
 * @param builder the graph that contains the outputs; values of enclosing graphs are constants
 * @returns one gradient per value of `wrt`, in its shape; zeros where the outputs do not depend on it
 */
export function gradients(builder: Builder, outputs: readonly Value[], cotangents: readonly Value[], wrt: readonly Value[]): readonly Value[] {
  const nodes = [...builder.nodes];
  const reached = reachedFrom(nodes, wrt);
  const collected = new Map<string, Value>();

  const accumulate = (name: string, contribution: Value) => {
    const before = collected.get(name);
    collected.set(name, before === undefined ? contribution : add(before, contribution));
  };
  outputs.forEach((output, i) => {
    const cotangent = cotangents[i];
    if (cotangent === undefined || !sameShape(cotangent.shape, output.shape)) throw internal(`the cotangent of ${output.name} must be ${formatType(output)}`);
    accumulate(output.name, cotangent);
  });

  for (const node of nodes.reverse()) {
    const dys = node.outputs.map((name) => collected.get(name) ?? null);
    if (dys.every((dy) => dy === null) || !node.inputs.some((name) => reached.has(name))) continue;
    const definition = operator(node.op);
    if (definition.gradient === "none") continue;
    if (definition.gradient === "forbidden") throw internal(`${node.op} must not be differentiated (at ${node.outputs[0]})`);
    builder.scoped(`grad/${node.outputs[0]}`, () => {
      for (const [index, name] of node.inputs.entries()) {
        if (!reached.has(name)) continue;
        const contribution = contributionOf(builder, node, definition, index, dys);
        if (contribution !== null) accumulate(name, contribution);
      }
    });
  }
  return wrt.map((value) => collected.get(value.name) ?? expand(builder.innermost.scalar(0), staticShape(value.shape)));
}

/** Names of float values that depend on a value of `wrt`. */
function reachedFrom(nodes: readonly Node[], wrt: readonly Value[]): Set<string> {
  const reached = new Set(wrt.map((value) => value.name));
  for (const node of nodes) {
    if (operator(node.op).gradient === "none") continue;
    if (node.inputs.some((name) => reached.has(name))) for (const name of node.outputs) reached.add(name);
  }
  return reached;
}

function contributionOf(builder: Builder, node: Node, definition: OperatorDefinition, index: number, dys: readonly (Value | null)[]): Value | null {
  const rule = ruleOf(definition, index);
  if (rule === null) return null;
  const inputs = node.inputs.map((name) => (name === "" ? builder.innermost.scalar(0) : builder.value(name)));
  const outputs = node.outputs.map((name) => builder.value(name));
  const [dy, output, input] = [dys[0], outputs[0], inputs[index]];
  if (output === undefined || input === undefined) throw internal(`${node.op} has no input ${index}`);
  const cotangent = rule({
    dy: dy ?? expand(builder.innermost.scalar(0), staticShape(output.shape)),
    cotangents: dys,
    inputs,
    outputs,
    attributes: node.attributes,
    index,
    builder: builder.innermost,
  });
  const fitted = shapedLike(cotangent, input.shape);
  if (fitted.dtype !== input.dtype) throw internal(`the gradient of ${node.op} by input ${index} is ${formatType(fitted)}, the input ${formatType(input)}`);
  return fitted;
}

function ruleOf(definition: OperatorDefinition, index: number): GradientRule<Attributes> | null {
  const { gradient } = definition;
  if (typeof gradient === "function") return gradient;
  if (typeof gradient === "string") return null;
  const rule = gradient[index];
  if (rule === undefined) throw internal(`${definition.name} has no gradient rule for input ${index}`);
  return rule;
}

/** Sums a cotangent over the axes that were broadcast, or expands it to the shape. */
function shapedLike(cotangent: Value, shape: Shape): Value {
  if (sameShape(cotangent.shape, shape)) return cotangent;
  const target = staticShape(shape);
  const lead = cotangent.shape.length - target.length;
  const axes = staticShape(cotangent.shape).flatMap((dim, axis) => (axis < lead || (target[axis - lead] === 1 && dim !== 1) ? [axis] : []));
  // If only leading axes are summed, one sum can drop them, which saves a reshape.
  const summed =
    axes.length === 0
      ? cotangent
      : reduceSum(
          cotangent,
          axes,
          axes.some((axis) => axis >= lead),
        );
  if (sameShape(summed.shape, shape)) return summed;
  if (lead > 0 && sameShape(summed.shape.slice(lead), shape)) return reshape(summed, target);
  const repeated = expand(summed, target);
  if (!sameShape(repeated.shape, shape)) throw internal(`a cotangent ${formatType(cotangent)} does not fit a value of shape [${shape.join(",")}]`);
  return repeated;
}
