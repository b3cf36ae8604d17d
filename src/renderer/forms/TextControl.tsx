/** A text input whose text is parsed: a name, a number, a pair, a list. Half-typed text stays as it is. */
import { Autocomplete, Textarea, TextInput } from "@mantine/core";
import type { ControlTies } from "./FieldRow.tsx";
import { showMixed } from "./numbers.ts";
import { useTyped } from "./typed.ts";

interface TextControlProps {
  readonly ties: ControlTies;
  readonly value: unknown;
  readonly placeholder: string;
  /** Whether it may have several lines. */
  readonly long?: boolean;
  /** Names suggested while typing. */
  readonly names?: readonly string[];
  readonly read: (text: string) => unknown;
  readonly onChange: (value: unknown) => void;
}

export function TextControl({ ties, value, placeholder, long = false, names = [], read, onChange }: TextControlProps) {
  const [typed, setTyped] = useTyped(value);
  const shared = {
    ...ties,
    size: "xs",
    spellCheck: false,
    autoComplete: "off",
    error: ties["aria-invalid"],
    placeholder,
    value: typed ?? showMixed(value),
    onBlur: () => setTyped(null),
  } as const;
  const change = (text: string) => {
    const made = read(text);
    setTyped({ text, made });
    onChange(made);
  };
  if (long) return <Textarea {...shared} autosize minRows={1} maxRows={4} onChange={(event) => change(event.currentTarget.value)} />;
  if (names.length === 0) return <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />;
  return <Autocomplete {...shared} data={[...names]} comboboxProps={{ withinPortal: true }} onChange={change} />;
}
