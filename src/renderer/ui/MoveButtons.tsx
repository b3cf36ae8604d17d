/** The two buttons that move an item of a list one place up or down. */
import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";

interface MoveButtonsProps {
  /** From 0. */
  readonly place: number;
  readonly count: number;
  /** What the buttons are called. */
  readonly up: string;
  readonly down: string;
  readonly onMove: (place: number) => void;
}

export function MoveButtons({ place, count, up, down, onMove }: MoveButtonsProps) {
  return (
    <>
      <ActionIcon size={22} variant="subtle" color="gray" disabled={place === 0} aria-label={up} onClick={() => onMove(place - 1)}>
        <IconArrowUp size={13} aria-hidden />
      </ActionIcon>
      <ActionIcon size={22} variant="subtle" color="gray" disabled={place >= count - 1} aria-label={down} onClick={() => onMove(place + 1)}>
        <IconArrowDown size={13} aria-hidden />
      </ActionIcon>
    </>
  );
}
