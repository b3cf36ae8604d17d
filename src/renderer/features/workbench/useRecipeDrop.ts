/** Opens a recipe as the draft when its file is dropped on the workbench, or its text is pasted outside a text field. */
import { type DragEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { openText } from "../../draft/open.ts";

export function useRecipeDrop() {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (target?.closest("input, textarea, select, [contenteditable], [role=dialog]") != null || !text.trimStart().startsWith("{")) return;
      event.preventDefault();
      openText(t("form.pasted"), text);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [t]);
  const holdsFile = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) void file.text().then((text) => openText(file.name, text));
      },
    },
  };
}
