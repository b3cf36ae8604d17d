/** One layer of the model: a line that opens to its fields, and the tools that move, duplicate and remove it. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconCopy, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { chosenAlternative, type FieldSchema, formatPath } from "../../../shared/recipe/fields.ts";
import type { LayerPlan } from "../../../shared/recipe/plan.ts";
import { ProblemsContext, useForm } from "../../forms/context.ts";
import { Field } from "../../forms/Field.tsx";
import { ProblemText } from "../../forms/ProblemText.tsx";
import type { Path } from "../../forms/path.ts";
import { problemsOfGroup, problemsWithin } from "../../forms/problems.ts";
import { shapeText } from "../../ui/format.ts";
import classes from "./layers.module.css";
import { gist, typeOf } from "./layers.ts";

interface LayerItemProps {
  readonly index: number;
  readonly path: Path;
  /** The union of all layers. */
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly name: string;
  readonly planned: LayerPlan | null;
  readonly open: boolean;
  readonly last: boolean;
  readonly onToggle: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function LayerItem({ index, path, schema, value, name, planned, open, last, onToggle, onMove, onDuplicate, onRemove, onKeyDown }: LayerItemProps) {
  const { t } = useTranslation();
  const id = useId();
  const form = useForm();
  const all = useContext(ProblemsContext);
  const chosen = chosenAlternative(schema, value);
  const fields = Object.keys(chosen?.properties ?? {});
  const invalid = problemsWithin(all, path).length > 0;
  // While the layer is open its type shows what concerns the layer as a whole.
  const general = open ? [] : problemsOfGroup(all, path, fields);
  const line = gist(value, schema);
  return (
    <li className={classes.layer} data-place={formatPath(path)} data-invalid={invalid || undefined}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          data-layer={index}
          aria-expanded={open}
          aria-controls={id}
          aria-label={describe()}
          title={form.readOnly ? undefined : t("layers.keys")}
          onClick={onToggle}
          onKeyDown={onKeyDown}
        >
          {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <span style={{ minWidth: 0 }}>
            <div className={classes.name}>
              {name} <span className={classes.gist}>{name.startsWith(typeOf(value)) ? "" : typeOf(value)}</span>
            </div>
            {line !== "" && <div className={classes.gist}>{line}</div>}
          </span>
          <span className={classes.figures}>
            {planned === null ? "" : shapeText(planned.outputShape)}
            {planned !== null && planned.parameterCount > 0 && <small>{t("layers.parameters", { count: planned.parameterCount })}</small>}
          </span>
        </button>
        {!form.readOnly && (
          <div className={classes.tools}>
            <Tool label={t("layers.up", { name })} disabled={index === 0} onClick={() => onMove(-1)} icon={<IconArrowUp size={14} />} />
            <Tool label={t("layers.down", { name })} disabled={last} onClick={() => onMove(1)} icon={<IconArrowDown size={14} />} />
            <Tool label={t("layers.duplicate", { name })} onClick={onDuplicate} icon={<IconCopy size={14} />} />
            <Tool label={t("layers.remove", { name })} onClick={onRemove} icon={<IconTrash size={14} />} />
          </div>
        )}
      </div>
      {general.length > 0 && (
        <div className={classes.body}>
          <ProblemText problems={general} />
        </div>
      )}
      <div id={id}>
        {open && (
          <div className={classes.body}>
            <Field path={path} schema={{ ...schema, title: t("recipe.type") }} value={value} />
          </div>
        )}
      </div>
    </li>
  );

  function describe(): string {
    const words = [t("layers.edit", { number: index + 1, name }), line];
    if (planned !== null) {
      words.push(t("layers.shape", { shape: shapeText(planned.outputShape) }));
      words.push(t("layers.parameters", { count: planned.parameterCount }));
    }
    return words.filter((word) => word !== "").join(", ");
  }
}

function Tool({ label, icon, disabled = false, onClick }: { readonly label: string; readonly icon: ReactNode; readonly disabled?: boolean; readonly onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={22} aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
