/** Covers the window while files are dragged over it, and accepts the drop. */
import { Text } from "@mantine/core";
import { IconFolderDown } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { pickedFromDrop, type pickedFromInput } from "../api/importing.ts";
import classes from "./dropZone.module.css";
import { droppable } from "./formatWords.ts";

interface DropZoneProps {
  readonly onDrop: (picked: Promise<ReturnType<typeof pickedFromInput>>) => void;
}

export function DropZone({ onDrop }: DropZoneProps) {
  const { t, i18n } = useTranslation();
  const [over, setOver] = useState(false);
  const take = useRef(onDrop);
  take.current = onDrop;
  useEffect(() => {
    // Every element sends its own enter and leave events. The pointer is inside while there are more enters than leaves.
    let depth = 0;
    const holdsFiles = (event: DragEvent): event is DragEvent & { readonly dataTransfer: DataTransfer } => event.dataTransfer?.types.includes("Files") ?? false;
    const onEnter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth++;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth--;
      if (depth <= 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    };
    const onDropped = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take.current(pickedFromDrop(event.dataTransfer));
    };
    const listeners = [
      ["dragenter", onEnter],
      ["dragleave", onLeave],
      ["dragover", onOver],
      ["drop", onDropped],
    ] as const;
    for (const [type, listener] of listeners) window.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of listeners) window.removeEventListener(type, listener);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={classes.over} role="status">
      <div className={classes.target}>
        <IconFolderDown size={44} stroke={1.4} aria-hidden />
        <Text size="lg" fw={600}>
          {t("data.drop.here")}
        </Text>
        <Text size="sm" c="dimmed">
          {t("data.drop.what", { formats: droppable(i18n.language) })}
        </Text>
      </div>
    </div>
  );
}
