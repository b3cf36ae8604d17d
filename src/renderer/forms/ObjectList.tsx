/** A list of objects of one kind: each item's fields, and buttons to add, move and remove items. */
import { ActionIcon, Button, Group } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ComponentType, useContext, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { MoveButtons } from "../ui/MoveButtons.tsx";
import { offerUndo } from "../ui/undo.tsx";
import { type ListProps, ProblemsContext, useForm } from "./context.ts";
import { defaultOf } from "./defaults.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import { ProblemText } from "./ProblemText.tsx";
import { problemsOfGroup } from "./problems.ts";

/** @param fields renders the fields of one item */
export function ObjectList({ path, schema, value, fields: Fields }: ListProps & { readonly fields: ComponentType<ListProps> }) {
  const { t } = useTranslation();
  const form = useForm();
  const title = useWords().title(schema, path.at(-1) ?? "");
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const newest = useRef(items);
  newest.current = items;
  const item = schema.items ?? {};
  const own = problemsOfGroup(
    useContext(ProblemsContext),
    path,
    items.map((_, index) => String(index)),
  ).filter(({ place }) => place === formatPath(path));
  const move = (from: number, to: number) => form.set(path, items.toSpliced(from, 1).toSpliced(to, 0, items[from]));
  const remove = (index: number) => {
    const removed = items[index];
    form.set(path, items.toSpliced(index, 1));
    offerUndo(t("list.removed", { title, number: index + 1 }), null, () =>
      form.set(path, newest.current.toSpliced(Math.min(index, newest.current.length), 0, removed)),
    );
  };
  return (
    <fieldset aria-label={title} className={classes.list} data-place={formatPath(path)}>
      <div className={classes.label}>
        <span>{title}</span>
        <Help title={title} schema={schema} />
      </div>
      {items.map((entry, index) => (
        // Items have no id, so their position is the key; half-typed text stays with the position.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={classes.item} data-place={formatPath([...path, index])}>
          <div className={classes.itemHead}>
            <span>{index + 1}</span>
            {!form.readOnly && (
              <Group gap={2}>
                <MoveButtons
                  place={index}
                  count={items.length}
                  up={t("list.up", { number: index + 1 })}
                  down={t("list.down", { number: index + 1 })}
                  onMove={(to) => move(index, to)}
                />
                <ActionIcon variant="subtle" color="gray" size={22} aria-label={t("list.remove", { number: index + 1 })} onClick={() => remove(index)}>
                  <IconTrash size={13} aria-hidden />
                </ActionIcon>
              </Group>
            )}
          </div>
          <Fields path={[...path, index]} schema={item} value={entry} />
        </div>
      ))}
      <ProblemText problems={own} />
      {!form.readOnly && (
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} aria-hidden />} onClick={() => form.set(path, [...items, defaultOf(item)])}>
          {t("list.add", { title: title.toLowerCase() })}
        </Button>
      )}
    </fieldset>
  );
}
