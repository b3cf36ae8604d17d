/**
 * The PyTorch versions (1.13 and later) of catalog entries. `descent reproduce` writes training scripts with them, and the golden values of the
 * tests are computed with them, which verifies that the scripts are right.
 */

/** A Python expression and the definitions that it needs. */
export interface TorchExpression {
  /** An expression over `torch`, `nn` and `F` and the definitions below. */
  readonly make: string;
  /** Complete, unindented classes or functions that the expression uses; equal ones are written once. */
  readonly definitions?: readonly string[];
}

/** A module with the same forward pass as the layer. */
export interface TorchModule extends TorchExpression {
  /**
   * Where the layer's parameters and buffers are in the module, by their names in Descent: the attribute path (`weight`, `1.bias`) and, if the order
   * of axes differs, the permutation that converts Descent's tensor to PyTorch's. A missing name has the same name in PyTorch.
   */
  readonly tensors?: Readonly<Record<string, { readonly path: string; readonly permute?: readonly number[] }>>;
}
