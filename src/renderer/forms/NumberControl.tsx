/** A number input whose text may be incomplete, with steps by arrow keys (Shift: larger) and by buttons. */
import { TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import type { ControlTies } from "./FieldRow.tsx";
import classes from "./form.module.css";
import { readNumber, showMixed, stepped } from "./numbers.ts";
import { useTyped } from "./typed.ts";

interface NumberControlProps {
  readonly ties: ControlTies;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

export function NumberControl({ ties, schema, value, onChange }: NumberControlProps) {
  const { t } = useTranslation();
  const unit = useWords().unit(schema);
  // The text being typed, so that "1e-" is not reformatted while typing.
  const [typed, setTyped] = useTyped(value);
  const standard = typeof schema.default === "number" ? schema.default : undefined;
  const move = (direction: 1 | -1, large: boolean) => {
    const from = typeof value === "number" ? value : (standard ?? schema.minimum ?? 0);
    setTyped(null);
    onChange(stepped(from, direction, schema, large));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.altKey) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? 1 : -1, event.shiftKey);
  };
  return (
    <TextInput
      {...ties}
      size="xs"
      role="spinbutton"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-valuenow={plainDecimal(value)}
      aria-valuetext={typeof value === "number" ? `${value}${unit === undefined ? "" : ` ${unit}`}` : undefined}
      error={ties["aria-invalid"]}
      className="tabular"
      value={typed ?? showMixed(value)}
      placeholder={standard === undefined ? t("recipe.automatic") : String(standard)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const made = readNumber(text);
        setTyped({ text, made });
        onChange(made);
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={onKeyDown}
      rightSectionWidth={unit === undefined ? 20 : Math.min(84, 28 + 8 * unit.length)}
      rightSection={
        <span className={classes.right}>
          {unit !== undefined && (
            <span className={classes.unit} aria-hidden>
              {unit}
            </span>
          )}
          <span className={classes.steppers} aria-hidden>
            <button type="button" tabIndex={-1} title={t("recipe.increase")} onClick={(event) => move(1, event.shiftKey)}>
              <IconChevronUp size={10} />
            </button>
            <button type="button" tabIndex={-1} title={t("recipe.decrease")} onClick={(event) => move(-1, event.shiftKey)}>
              <IconChevronDown size={10} />
            </button>
          </span>
        </span>
      }
    />
  );
}

/** ARIA allows no exponents; for 1e-8 there is only the text. */
function plainDecimal(value: unknown): number | undefined {
  return typeof value === "number" && !String(value).includes("e") ? value : undefined;
}
