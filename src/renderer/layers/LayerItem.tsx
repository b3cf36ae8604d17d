/** One layer of the model: a line that opens to its fields, and the buttons to move, duplicate and remove it. */
import { ActionIcon, Kbd, Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDotsVertical,
  IconPlus,
  IconRowInsertBottom,
  IconTrash,
} from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { chosenAlternative, type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { multiplyAdds } from "../../shared/recipe/multiplyAdds.ts";
import type { LayerPlan } from "../../shared/recipe/plan.ts";
import { countText } from "../../shared/text/numbers.ts";
import { shapeText } from "../../shared/text/shapes.ts";
import { useWords } from "../catalog/useWords.ts";
import { ProblemsContext, useForm } from "../forms/context.ts";
import { Field } from "../forms/Field.tsx";
import { ProblemText } from "../forms/ProblemText.tsx";
import type { Path } from "../forms/path.ts";
import { problemsOfGroup, problemsWithin } from "../forms/problems.ts";
import classes from "./layers.module.css";
import { gist, typeOf } from "./layers.ts";

interface LayerItemProps {
  readonly index: number;
  readonly path: Path;
  /** The union schema of all layers. */
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly name: string;
  readonly planned: LayerPlan | null;
  readonly open: boolean;
  readonly last: boolean;
  readonly onToggle: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onDuplicate: () => void;
  readonly onInsert: () => void;
  readonly onRemove: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Content below the layer, shown while another layer is inserted there. */
  readonly children: ReactNode;
}

export function LayerItem(props: LayerItemProps) {
  const { index, path, schema, value, name, planned, open, last, onToggle, onMove, onDuplicate, onInsert, onRemove, onKeyDown, children } = props;
  const { t, i18n } = useTranslation();
  const words = useWords();
  const id = useId();
  const form = useForm();
  const all = useContext(ProblemsContext);
  const chosen = chosenAlternative(schema, value);
  const fields = Object.keys(chosen?.properties ?? {});
  const invalid = problemsWithin(all, path).length > 0;
  // While the layer is open, its type field shows the problems of the layer as a whole.
  const general = open ? [] : problemsOfGroup(all, path, fields);
  const line = gist(value, schema, i18n.language);
  return (
    <li className={classes.layer} data-place={formatPath(path)} data-invalid={invalid || undefined}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          data-layer={index}
          aria-expanded={open}
          aria-controls={id}
          title={form.readOnly ? undefined : t("layers.keys")}
          onClick={onToggle}
          onKeyDown={onKeyDown}
        >
          {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <span style={{ minWidth: 0 }}>
            <div className={classes.name}>
              <span className="visually-hidden">{t("layers.number", { number: index + 1 })}: </span>
              {words.choice(schema, typeOf(value))} <span className={classes.gist}>{name}</span>
            </div>
            {line !== "" && <div className={classes.gist}>{line}</div>}
          </span>
          <span
            className={classes.figures}
            title={planned === null ? undefined : t("layers.layerTitle", { products: countText(multiplyAdds([planned]), i18n.language) })}
          >
            {planned !== null && (
              <>
                <span className="visually-hidden">, {t("layers.shape")} </span>
                {shapeText(planned.outputShape)}
              </>
            )}
            {planned !== null && planned.parameterCount > 0 && (
              <small>
                <span className="visually-hidden">, </span>
                {t("layers.parameters", { count: planned.parameterCount })}
              </small>
            )}
          </span>
        </button>
        {!form.readOnly && (
          <Menu position="bottom-end" shadow="md" width={210}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={24} mr={3} data-help aria-label={t("layers.tools", { name })}>
                <IconDotsVertical size={14} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconArrowUp size={14} />} rightSection={<Kbd size="xs">Alt ↑</Kbd>} disabled={index === 0} onClick={() => onMove(-1)}>
                {t("layers.up")}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={14} />} rightSection={<Kbd size="xs">Alt ↓</Kbd>} disabled={last} onClick={() => onMove(1)}>
                {t("layers.down")}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={14} />} rightSection={<Kbd size="xs">Ctrl D</Kbd>} onClick={onDuplicate}>
                {t("layers.duplicate")}
              </Menu.Item>
              <Menu.Item leftSection={<IconRowInsertBottom size={14} />} rightSection={<Kbd size="xs">Ctrl ⏎</Kbd>} onClick={onInsert}>
                {t("layers.insert")}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} />} rightSection={<Kbd size="xs">Del</Kbd>} onClick={onRemove}>
                {t("layers.remove")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {general.length > 0 && (
        <div className={classes.body}>
          <ProblemText problems={general} />
        </div>
      )}
      <div id={id}>
        {open && (
          <div className={classes.body} data-body>
            {form.tick !== undefined && <form.tick.Layer path={path} title={name} />}
            <Field path={path} schema={{ ...schema, title: t("recipe.type") }} value={value} />
          </div>
        )}
      </div>
      {children}
      {!form.readOnly && (
        // Not reachable by Tab, because there is a key for it, which the menu shows.
        <button
          type="button"
          tabIndex={-1}
          data-help
          className={classes.insert}
          aria-label={t("layers.insertBelow", { name })}
          title={t("layers.insert")}
          onClick={onInsert}
        >
          <IconPlus size={11} aria-hidden />
        </button>
      )}
    </li>
  );
}
