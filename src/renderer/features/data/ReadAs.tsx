/** Shown if no format was recognised: the user chooses the format. */
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hasEnding } from "../../../shared/recipe/formats/format.ts";
import { type DroppedFormatName, droppedFormats, formats } from "../../../shared/recipe/formats/index.ts";
import { formatLabel } from "../../source/formatWords.ts";
import styles from "./import.module.css";

interface ReadAsProps {
  readonly path: string;
  readonly onOpen: (type: DroppedFormatName) => void;
}

export function ReadAs({ path, onOpen }: ReadAsProps) {
  const { t, i18n } = useTranslation();
  const [type, setType] = useState<DroppedFormatName>(() => droppedFormats.find((name) => hasEnding(formats[name], path)) ?? "csv");
  return (
    <form
      className={styles.path}
      onSubmit={(event) => {
        event.preventDefault();
        onOpen(type);
      }}
    >
      <NativeSelect
        size="xs"
        label={t("data.source.readIt")}
        description={t("data.source.readItText")}
        value={type}
        data={droppedFormats.map((name) => ({ value: name, label: formatLabel(name, i18n.language) }))}
        onChange={(event) => setType(droppedFormats.find((name) => name === event.currentTarget.value) ?? type)}
      />
      <Button size="xs" type="submit" variant="default">
        {t("data.source.openForm")}
      </Button>
    </form>
  );
}
