/** One augmentation of the list: its switch, its position, and sliders for its parameters. */
import { ActionIcon, NativeSelect, Slider, Switch, Text } from "@mantine/core";
import { IconGripVertical, IconTrash } from "@tabler/icons-react";
import { type DragEvent, type KeyboardEvent, useContext, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SampleKind } from "../../shared/recipe/facts.ts";
import { chosenAlternative, type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { ProblemsContext, useForm } from "../forms/context.ts";
import { Field } from "../forms/Field.tsx";
import { Help } from "../forms/Help.tsx";
import { NumberControl } from "../forms/NumberControl.tsx";
import { ProblemText } from "../forms/ProblemText.tsx";
import type { Path } from "../forms/path.ts";
import { problemsWithin } from "../forms/problems.ts";
import { MoveButtons } from "../ui/MoveButtons.tsx";
import classes from "./augmentations.module.css";
import { type Entry, isOn, suitableFields } from "./list.ts";

interface AugmentationItemProps {
  readonly index: number;
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly entry: Entry;
  /** The kind of the samples; null until known. */
  readonly kind: SampleKind | null;
  readonly last: boolean;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  /** Called when another item was dropped on this one. */
  readonly onDropped: (from: number) => void;
}

const DRAGGED = "application/x-descent-augmentation";

export function AugmentationItem({ index, path, schema, entry, kind, last, onMove, onRemove, onDropped }: AugmentationItemProps) {
  const { t } = useTranslation();
  const words = useWords();
  const form = useForm();
  const [over, setOver] = useState(false);
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const [usual, setUsual] = useState(1);
  const fields = suitableFields(chosenAlternative(schema, entry)?.properties ?? {}, kind);
  const own = problems.filter(({ place }) => !fields.some(([name]) => place === formatPath([...path, name])));
  const on = isOn(entry);
  const onKeyDown = (event: KeyboardEvent) => {
    if (form.readOnly || event.target !== event.currentTarget) return;
    if (event.altKey && event.key === "ArrowUp") onMove(index - 1);
    else if (event.altKey && event.key === "ArrowDown") onMove(index + 1);
    else if (event.key === "Delete") onRemove();
    else return;
    event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const from = Number(event.dataTransfer.getData(DRAGGED));
    if (event.dataTransfer.types.includes(DRAGGED)) onDropped(from);
  };
  return (
    <li
      className={classes.item}
      data-place={formatPath(path)}
      data-over={over || undefined}
      data-off={!on || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.itemHead}>
        {!form.readOnly && (
          <button
            type="button"
            className={classes.grip}
            draggable
            data-grip={index}
            aria-label={t("augment.grip", { name: words.choice(schema, entry.type), number: index + 1 })}
            title={t("augment.gripHint")}
            onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(index))}
            onKeyDown={onKeyDown}
          >
            <IconGripVertical size={14} aria-hidden />
          </button>
        )}
        <Switch
          size="xs"
          checked={on}
          disabled={form.readOnly}
          label={
            <span>
              {index + 1}. {words.choice(schema, entry.type)}
            </span>
          }
          onChange={() => {
            if (on && typeof entry.probability === "number") setUsual(entry.probability);
            form.set([...path, "probability"], on ? 0 : usual || 1);
          }}
        />
        {!form.readOnly && (
          <span className={classes.tools}>
            <MoveButtons
              place={index}
              count={last ? index + 1 : index + 2}
              up={t("list.up", { number: index + 1 })}
              down={t("list.down", { number: index + 1 })}
              onMove={onMove}
            />
            <ActionIcon variant="subtle" color="gray" size={22} aria-label={t("list.remove", { number: index + 1 })} onClick={onRemove}>
              <IconTrash size={13} aria-hidden />
            </ActionIcon>
          </span>
        )}
      </div>
      <Text size="xs" c="dimmed" mb={4}>
        {words.choiceHelp(schema, entry.type)}
      </Text>
      {fields.map(([name, field]) => (
        <Strength key={name} path={[...path, name]} schema={field} value={entry[name]} />
      ))}
      <ProblemText problems={own} />
    </li>
  );
}

/** A field with a slider if it is bounded, otherwise with the control of the workbench. */
function Strength({ path, schema, value }: { readonly path: Path; readonly schema: FieldSchema; readonly value: unknown }) {
  const id = useId();
  const words = useWords();
  const form = useForm();
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  const title = words.title(schema, path.at(-1) ?? "");
  if (schema.enum !== undefined && !form.readOnly)
    return (
      <div className={classes.strength}>
        <label htmlFor={id} className={classes.label}>
          {title}
        </label>
        <NativeSelect
          id={id}
          size="xs"
          className={classes.wide}
          value={String(value ?? schema.default)}
          data={schema.enum.map((name) => ({ value: String(name), label: words.choice(schema, name) }))}
          onChange={(event) => form.set(path, event.currentTarget.value)}
        />
        <Help title={title} schema={schema} />
      </div>
    );
  if ((schema.type !== "number" && schema.type !== "integer") || low === undefined || high === undefined || form.readOnly)
    return <Field path={path} schema={schema} value={value} />;
  const number = typeof value === "number" ? value : typeof schema.default === "number" ? schema.default : low;
  const step = schema.step ?? (schema.type === "integer" ? 1 : (high - low) / 100);
  const message = `${id}-message`;
  return (
    <div className={classes.strength} data-place={formatPath(path)}>
      <label htmlFor={id} className={classes.label}>
        {title}
      </label>
      <Slider
        className={classes.slider}
        size="xs"
        min={low}
        max={high}
        step={step}
        value={number}
        label={null}
        thumbLabel={title}
        onChange={(next) => form.set(path, Number(next.toPrecision(6)))}
      />
      <NumberControl
        ties={{ id, "aria-invalid": problems.length > 0, "aria-describedby": problems.length > 0 ? message : undefined }}
        schema={schema}
        value={value}
        onChange={(next) => form.set(path, next)}
      />
      <Help title={title} schema={schema} />
      <div className={classes.message}>
        <ProblemText id={message} problems={problems} />
      </div>
    </div>
  );
}
