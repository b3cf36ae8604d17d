/** Chooses the table's columns and their order, by mouse, dragging or keys. Any field of a recipe can be a column. */
import { ActionIcon, Button, Modal, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconColumns3, IconGripVertical, IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MoveButtons } from "../../ui/MoveButtons.tsx";
import styles from "./chooser.module.css";
import { withColumn, withColumnAt, withoutColumn } from "./columnList.ts";
import { type Column, columnOf, NAME, runColumnIds } from "./columns.tsx";
import { fullTitle, PREFIX, searchPaths } from "./recipeColumn.ts";

interface ColumnChooserProps {
  readonly columns: readonly Column[];
  readonly hidden: readonly Column[];
  /** Column ids; null for the defaults. */
  readonly onChange: (ids: readonly string[] | null) => void;
}

/** The most columns listed at once. A more specific search finds the rest. */
const MOST_OFFERED = 60;
const DRAGGED = "application/x-descent-column";

export function ColumnChooser({ columns, hidden, onChange }: ColumnChooserProps) {
  const { t, i18n } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState("");
  const [said, setSaid] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const wanted = useDeferredValue(search);
  const ids = useMemo(() => columns.map(({ id }) => id), [columns]);
  const offered = useMemo(() => {
    const words = wanted.trim().toLowerCase();
    const own = runColumnIds.flatMap((id) => columnOf(id, t, i18n.language) ?? []).filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(words));
    const fields = searchPaths(wanted, i18n.language).map((path) => ({ id: PREFIX + path, title: fullTitle(path, i18n.language), path }));
    return [...own.map(({ id, title }) => ({ id, title, path: null })), ...fields].filter(({ id }) => !ids.includes(id));
  }, [wanted, ids, t, i18n.language]);

  const move = (column: Column, place: number) => {
    const to = Math.max(0, Math.min(ids.length - 1, place));
    onChange(withColumnAt(ids, column.id, to));
    setSaid(t("runs.columns.moved", { title: column.title, place: to + 1, count: ids.length }));
    // The move re-created the row element: focus it again.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-column="${CSS.escape(column.id)}"]`)?.focus());
  };
  const remove = (column: Column, place: number) => {
    onChange(withoutColumn(ids, column.id));
    setSaid(t("runs.columns.removed", { title: column.title }));
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>("[data-column]");
      left?.[Math.min(place, left.length - 1)]?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent, column: Column, place: number) => {
    if (event.altKey && event.key === "ArrowUp") move(column, place - 1);
    else if (event.altKey && event.key === "ArrowDown") move(column, place + 1);
    else if (event.key === "Delete" && column.id !== NAME) remove(column, place);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const rows = list.current?.querySelectorAll<HTMLElement>("[data-column]");
      rows?.[place + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {hidden.length === 0 ? t("runs.columns.title") : t("runs.columns.withHidden", { count: hidden.length })}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("runs.columns.title")}
        size={480}
        closeButtonProps={{ "aria-label": t("app.close") }}
        classNames={{ body: styles.panel }}
      >
        <div className={styles.head}>
          <Text size="sm" fw={600}>
            {t("runs.columns.shown")}
          </Text>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t("runs.columns.reset")}
          </Button>
        </div>
        {hidden.length > 0 && (
          <Text size="xs" c="dimmed">
            {t("runs.columns.hidden", { count: hidden.length, titles: hidden.map(({ title }) => title).join(", ") })}
          </Text>
        )}
        <ul className={styles.list} ref={list} aria-label={t("runs.columns.order")}>
          {columns.map((column, place) => (
            <li
              key={column.id}
              className={styles.item}
              onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                const dragged = columns.find(({ id }) => id === event.dataTransfer.getData(DRAGGED));
                if (dragged !== undefined) move(dragged, place);
              }}
            >
              <UnstyledButton
                className={styles.handle}
                data-column={column.id}
                draggable
                title={t("runs.columns.keys")}
                onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.id)}
                onKeyDown={(event) => onKeyDown(event, column, place)}
              >
                <IconGripVertical size={14} aria-hidden />
                <span className={styles.words}>
                  {column.path === null ? column.title : fullTitle(column.path, i18n.language)}
                  {hidden.includes(column) && <small> {t("runs.columns.noRoom")}</small>}
                </span>
              </UnstyledButton>
              <MoveButtons
                place={place}
                count={columns.length}
                up={t("runs.columns.up", { title: column.title })}
                down={t("runs.columns.down", { title: column.title })}
                onMove={(to) => move(column, to)}
              />
              <ActionIcon
                size={22}
                variant="subtle"
                color="gray"
                disabled={column.id === NAME}
                aria-label={t("runs.columns.remove", { title: column.title })}
                onClick={() => remove(column, place)}
              >
                <IconX size={13} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <TextInput
          size="xs"
          label={t("runs.columns.add")}
          placeholder={t("runs.columns.search")}
          leftSection={<IconSearch size={13} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ul className={styles.offers} aria-label={t("runs.columns.offered")}>
          {offered.slice(0, MOST_OFFERED).map(({ id, title, path }) => (
            <li key={id}>
              <UnstyledButton
                className={styles.offer}
                onClick={() => {
                  onChange(withColumn(ids, id));
                  setSaid(t("runs.columns.added", { title }));
                }}
              >
                <IconPlus size={13} aria-hidden />
                <span className={styles.words}>
                  {title} {path !== null && <small>{path}</small>}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
        <Text size="xs" c="dimmed">
          {offered.length === 0
            ? t("runs.columns.nothing", { search: wanted })
            : offered.length > MOST_OFFERED
              ? t("runs.columns.more", { count: offered.length - MOST_OFFERED })
              : ""}
        </Text>
        <div role="status" className="visually-hidden">
          {said}
        </div>
      </Modal>
    </>
  );
}
