/**
 * What catalog entries say of their counterparts in PyTorch (1.13 and later). `descent reproduce` writes training scripts from it, and the
 * golden figures of the tests are computed with it, so that what is written is known to be right.
 */

/** A Python expression and the definitions it needs. */
export interface TorchExpression {
  /** An expression over `torch`, `nn` and `F` and the definitions below. */
  readonly make: string;
  /** Classes or functions that the expression uses, each whole and unindented; equal ones are written once. */
  readonly definitions?: readonly string[];
}

/** A module whose forward pass is the layer's. */
export interface TorchModule extends TorchExpression {
  /**
   * Where the layer's parameters and buffers are in the module, by their names here: the attribute's path (`weight`, `1.bias`) and, where axes are
   * in another order, the permutation that turns Descent's tensor into PyTorch's. A name that is left out is found under the same name.
   */
  readonly tensors?: Readonly<Record<string, { readonly path: string; readonly permute?: readonly number[] }>>;
}
