/** Choices of one or several among a few, and a value that cannot be changed. */
import { Checkbox, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ListProps, Option } from "./context.ts";
import type { ControlTies } from "./FieldRow.tsx";
import { showMixed } from "./numbers.ts";
import { useOffered } from "./offered.ts";

/** Longer texts are shown over several lines. */
const ONE_LINE = 28;

/** A value that cannot be changed, still found by its label and still selectable. */
export function Reading({ ties, text, unit }: { readonly ties: ControlTies; readonly text: string; readonly unit?: string | undefined }) {
  const shared = {
    ...ties,
    size: "xs",
    variant: "unstyled",
    readOnly: true,
    className: "tabular",
    value: unit === undefined || text === "" ? text : `${text} ${unit}`,
  } as const;
  return text.length > ONE_LINE ? <Textarea {...shared} autosize minRows={1} /> : <TextInput {...shared} />;
}

interface ChoiceProps {
  readonly ties: ControlTies;
  readonly value: unknown;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

/** One of a few. A value that is none of them stays visible, so that the check's words have something to speak of. */
export function Choice({ ties, value, options, onChange }: ChoiceProps) {
  const current = showMixed(value);
  const known = options.some((option) => option.value === current);
  return (
    <NativeSelect
      {...ties}
      size="xs"
      error={ties["aria-invalid"]}
      value={current}
      data={known ? [...options] : [{ value: current, label: current }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface SeveralProps extends ListProps {
  readonly ties: ControlTies;
  readonly title: string;
  readonly onChange: (names: readonly string[]) => void;
}

/** Any of a few. */
export function Several({ ties, title, path, schema, value: given, onChange }: SeveralProps) {
  const value = given ?? schema.default;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const names = (schema.items?.enum ?? []).map(String);
  const offered = useOffered(path, schema.items ?? {}, names, chosen);
  // What the recipe names and the catalog does not stays, for the check to speak of.
  const unknown = chosen.filter((name) => !names.includes(name)).map((name) => ({ value: name, label: name }));
  return (
    <Checkbox.Group {...ties} value={chosen} onChange={onChange} aria-label={title}>
      <Group gap="4px 12px" mih={28}>
        {[...offered, ...unknown].map((option) => (
          <Checkbox key={option.value} size="xs" {...option} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
