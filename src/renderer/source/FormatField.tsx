/** The format of a source. The user can choose another one than recognised. */
import { NativeSelect } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type DroppedFormatName, droppedFormats } from "../../shared/recipe/formats/index.ts";
import form from "../forms/form.module.css";
import { droppedType } from "./bare.ts";
import { formatLabel } from "./formatWords.ts";

interface FormatFieldProps {
  readonly source: unknown;
  readonly onChange: (type: DroppedFormatName) => void;
}

export function FormatField({ source, onChange }: FormatFieldProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const type = droppedType(source);
  if (type === null) return null;
  return (
    <div className={form.row}>
      <div className={form.label}>
        <label htmlFor={id}>{t("data.source.format")}</label>
      </div>
      <NativeSelect
        id={id}
        size="xs"
        value={type}
        data={droppedFormats.map((name) => ({ value: name, label: formatLabel(name, i18n.language) }))}
        onChange={(event) => {
          const next = droppedFormats.find((name) => name === event.currentTarget.value);
          if (next !== undefined) onChange(next);
        }}
      />
    </div>
  );
}
