/** Transformations of images and volumes with the same functions; the rank of the sample decides which. */
import type { Value } from "../../graph/value.ts";
import type { ApplyContext } from "./augmentation.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";
import { moveInSpace, SPACE_MAP_WIDTH, type SpaceMovement, spaceMapNumbers, spaceMapOf } from "./spatial.ts";

export const isVolume = (shape: readonly number[]): boolean => shape.length === 4;

/** Number of numbers of a transformation. */
export const movementWidth = (shape: readonly number[]): number => (isVolume(shape) ? SPACE_MAP_WIDTH : MAP_WIDTH);

/** The numbers of a transformation. An image uses the rotation about the plane's axis and the shifts along columns and rows. */
export function movementNumbers(movement: SpaceMovement, shape: readonly number[]): readonly number[] {
  if (isVolume(shape)) return spaceMapNumbers(spaceMapOf(movement), shape);
  const { turns = [0, 0, 0], zoom = 1, shift = [0, 0, 0] } = movement;
  return mapNumbers(mapOf({ rotate: turns[2], zoom, right: shift[0], down: shift[1] }), shape);
}

/** @param first index of the transformation's first number */
export function moved<C>(
  context: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  return isVolume(context.shape) ? moveInSpace(context, first, outside) : moveInPlane(context, first, outside);
}
