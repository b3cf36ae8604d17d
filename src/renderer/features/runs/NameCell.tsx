/** A run's name, and the field that changes it in place: Enter keeps, Escape leaves it as it was. */
import { ActionIcon, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./runs.module.css";

interface NameCellProps {
  readonly name: string;
  readonly editing: boolean;
  readonly onEdit: () => void;
  /** The new name, or null where it stays. */
  readonly onDone: (name: string | null) => void;
}

export function NameCell({ name, editing, onEdit, onDone }: NameCellProps) {
  const { t } = useTranslation();
  if (editing) return <NameField name={name} onDone={onDone} />;
  return (
    <span className={classes.name}>
      <span title={name}>{name}</span>
      <ActionIcon
        className={classes.pencil}
        variant="subtle"
        color="gray"
        size={20}
        tabIndex={-1}
        aria-label={t("runs.rename", { name })}
        title={t("runs.renameTitle")}
        onClick={(event) => {
          event.stopPropagation();
          onEdit();
        }}
      >
        <IconPencil size={13} aria-hidden />
      </ActionIcon>
    </span>
  );
}

function NameField({ name, onDone }: Pick<NameCellProps, "name" | "onDone">) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const done = () => {
    const wanted = text.trim();
    onDone(wanted === "" || wanted === name ? null : wanted);
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      maxLength={200}
      aria-label={t("runs.name")}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={done}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") done();
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
