/** [1, 28, 28] -> 1×28×28; also for kernels, windows and sizes of images. */
export function shapeText(shape: readonly number[]): string {
  return shape.join("×");
}
