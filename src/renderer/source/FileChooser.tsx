/** Two buttons that open the file dialog of the system: for files, and for a folder. */
import { Button } from "@mantine/core";
import { IconFile, IconFolder } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { pickedFromInput } from "../api/importing.ts";

interface FileChooserProps {
  readonly onPick: (picked: ReturnType<typeof pickedFromInput>) => void;
  /** Whether several files can be chosen at once. */
  readonly multiple?: boolean;
  /** Whether the first button is the main action of its place. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

export function FileChooser({ onPick, multiple = false, primary = false, disabled = false }: FileChooserProps) {
  const { t } = useTranslation();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const filesLabel = t(multiple ? "data.import.files" : "data.import.file");
  const chosen = (input: HTMLInputElement) => {
    if (input.files !== null && input.files.length > 0) onPick(pickedFromInput(input.files));
    // So that the same files can be chosen again.
    input.value = "";
  };
  return (
    <>
      <input ref={files} type="file" multiple={multiple} hidden aria-label={filesLabel} onChange={(event) => chosen(event.currentTarget)} />
      <input
        ref={(input) => {
          folder.current = input;
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        hidden
        aria-label={t("data.import.folder")}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <Button
        size="xs"
        variant={primary ? "filled" : "default"}
        disabled={disabled}
        leftSection={<IconFile size={14} aria-hidden />}
        onClick={() => files.current?.click()}
      >
        {filesLabel}
      </Button>
      <Button size="xs" variant="default" disabled={disabled} leftSection={<IconFolder size={14} aria-hidden />} onClick={() => folder.current?.click()}>
        {t("data.import.folder")}
      </Button>
    </>
  );
}
