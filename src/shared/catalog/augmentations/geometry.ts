/** Movements of pictures and of volumes by one name: which of the two it is, is told by the rank of the sample. */
import type { Value } from "../../graph/value.ts";
import type { ApplyContext } from "./augmentation.ts";
import { MAP_WIDTH, mapNumbers, mapOf, moveInPlane } from "./planar.ts";
import { moveInSpace, SPACE_MAP_WIDTH, type SpaceMovement, spaceMapNumbers, spaceMapOf } from "./spatial.ts";

export const isVolume = (shape: readonly number[]): boolean => shape.length === 4;

/** Numbers that a movement takes. */
export const movementWidth = (shape: readonly number[]): number => (isVolume(shape) ? SPACE_MAP_WIDTH : MAP_WIDTH);

/** The numbers of a movement; of a picture the turn about the planes' axis and the shifts along columns and rows. */
export function movementNumbers(movement: SpaceMovement, shape: readonly number[]): readonly number[] {
  if (isVolume(shape)) return spaceMapNumbers(spaceMapOf(movement), shape);
  const { turns = [0, 0, 0], zoom = 1, shift = [0, 0, 0] } = movement;
  return mapNumbers(mapOf({ rotate: turns[2], zoom, right: shift[0], down: shift[1] }), shape);
}

/** @param first the number where the movement's begin */
export function moved<C>(
  context: Pick<ApplyContext<C>, "x" | "numbers" | "shape" | "batch">,
  first: number,
  outside: "zeros" | "border" | "reflection",
): Value {
  return isVolume(context.shape) ? moveInSpace(context, first, outside) : moveInPlane(context, first, outside);
}
