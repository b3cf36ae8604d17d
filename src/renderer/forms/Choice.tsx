/** Controls to choose one or several of a few options, and a read-only value. */
import { Checkbox, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ListProps, Option } from "./context.ts";
import type { ControlTies } from "./FieldRow.tsx";
import { showMixed } from "./numbers.ts";
import { useOffered } from "./offered.ts";

/** Longer texts are shown over several lines. */
const ONE_LINE = 28;

/** A read-only value that is still found by its label and can be selected. */
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

/** One of a few options. An invalid value stays visible, so that the error message makes sense. */
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

/** Any number of a few options. */
export function Several({ ties, title, path, schema, value: given, onChange }: SeveralProps) {
  const value = given ?? schema.default;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const names = (schema.items?.enum ?? []).map(String);
  const offered = useOffered(path, schema.items ?? {}, names, chosen);
  // Names in the recipe that the catalog does not know stay visible, so that the error message makes sense.
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
