/** The multiply-adds of a graph: those of matrix products and convolutions, including padded zeros, as papers count them. */
import { at } from "../kit/fault.ts";
import { type Node, type Shape, staticShape } from "./types.ts";

/** Element-wise functions, normalization and pooling are not counted: they are few in comparison. */
export function multiplyAdds(nodes: readonly Node[], shapeOf: (name: string) => Shape): number {
  const sizes = ({ inputs, outputs }: Node) => ({
    x: staticShape(shapeOf(at(inputs, 0))),
    w: staticShape(shapeOf(at(inputs, 1))),
    y: staticShape(shapeOf(at(outputs, 0))),
  });
  return nodes.reduce((sum, node) => {
    switch (node.op) {
      case "Conv": {
        // Every output element is a sum over one filter.
        const { w, y } = sizes(node);
        return sum + product(y) * product(w.slice(1));
      }
      case "ConvTranspose": {
        // Every input element is multiplied by one filter.
        const { x, w } = sizes(node);
        return sum + product(x) * product(w.slice(1));
      }
      case "MatMul": {
        const { x, y } = sizes(node);
        return sum + product(y) * at(x, x.length - 1);
      }
      case "Gemm": {
        const { x, y } = sizes(node);
        return sum + product(y) * at(x, node.attributes.transA === 1 ? 0 : 1);
      }
      default:
        return sum;
    }
  }, 0);
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
