/** Shows what was recognised in a file or folder. The user can correct it before adding it. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDataset } from "../../api/datasets.ts";
import { SourceEditor } from "../../source/SourceEditor.tsx";
import type { SourceStart } from "../../source/useSourceDraft.ts";
import classes from "./data.module.css";
import styles from "./import.module.css";

interface ConfirmPanelProps {
  /** The suggested name. */
  readonly name: string;
  readonly start: SourceStart;
  /** What was recognised; null if the user chose the format. */
  readonly recognised: string | null;
  readonly onAdded: (id: string) => void;
  readonly onCancel: () => void;
}

export function ConfirmPanel({ name: first, start, recognised, onAdded, onCancel }: ConfirmPanelProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(first);
  return (
    <div className={styles.panel}>
      <h2>{recognised === null ? t("data.source.readAs") : `${t("data.import.recognised")}: ${recognised}`}</h2>
      <p className={classes.summary}>{t(recognised === null ? "data.source.readAsText" : "data.import.recognisedText")}</p>
      <SourceEditor
        start={start}
        submit={t("data.import.keep")}
        complete={name.trim() !== ""}
        onSubmit={async (source) => onAdded((await addDataset(name.trim(), source)).id)}
        onCancel={onCancel}
      >
        <TextInput
          size="xs"
          label={t("data.import.name")}
          maxLength={200}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
          mb="sm"
        />
      </SourceEditor>
    </div>
  );
}
