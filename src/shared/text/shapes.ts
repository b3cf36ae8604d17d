/** [1, 28, 28] -> 1×28×28; also for kernels, windows and image sizes. */
export function shapeText(shape: readonly number[]): string {
  return shape.join("×");
}
