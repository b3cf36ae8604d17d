/** A name that is edited in place: Enter and leaving the field save it, Escape restores it. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

interface NameFieldProps {
  readonly name: string;
  readonly label: string;
  readonly width?: number;
  /** Called with null if the name is unchanged. */
  readonly onDone: (name: string | null) => void;
}

export function NameField({ name, label, width, onDone }: NameFieldProps) {
  const [text, setText] = useState(name);
  const done = () => {
    const wanted = text.trim();
    onDone(wanted === "" || wanted === name ? null : wanted);
  };
  return (
    <TextInput
      size="xs"
      {...(width === undefined ? {} : { w: width })}
      autoFocus
      maxLength={200}
      aria-label={label}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={done}
      // The rows and pages around the field handle clicks and keys themselves.
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") done();
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
