/** All data sets in a list at the left. Typing searches, arrow keys move, Enter opens. The address determines which one is open. */
import { Button, CloseButton, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import { pathsOf } from "../../../shared/recipe/sources.ts";
import { removeDatasets } from "../../api/datasets.ts";
import { go } from "../../app/route.ts";
import { formatLabel } from "../../source/formatWords.ts";
import { usePlaceText } from "../../source/usePlaceText.ts";
import { lastOfPath } from "../../ui/lastOfPath.ts";
import classes from "./data.module.css";
import { type Entry, searchEntries } from "./entries.ts";

interface DatasetRailProps {
  readonly entries: readonly Entry[];
  /** The key of the open data set. */
  readonly open: string | null;
  readonly onRename: (key: string) => void;
}

export function DatasetRail({ entries, open, onRename }: DatasetRailProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState<string | null>(open);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  useEffect(() => setActive(open), [open]);
  const found = searchEntries(entries, text);
  const index = Math.max(
    0,
    found.findIndex(({ key }) => key === active),
  );
  const current = found[index];
  const idOf = (key: string) => `${id}-${key}`;

  const moveTo = (to: number) => {
    const next = found[Math.min(found.length - 1, Math.max(0, to))];
    if (next === undefined) return;
    setActive(next.key);
    document.getElementById(idOf(next.key))?.scrollIntoView({ block: "nearest" });
  };
  const act = (key: string): boolean => {
    if (key === "ArrowDown") moveTo(active === null ? 0 : index + 1);
    else if (key === "ArrowUp") moveTo(index - 1);
    else if (key === "Home") moveTo(0);
    else if (key === "End") moveTo(found.length - 1);
    else if (current === undefined) return false;
    else if (key === "Enter") openEntry(current);
    else if (key === "F2" && current.own !== null) onRename(current.key);
    else if (key === "Delete" && current.own !== null) void removeDatasets([current.own], current.name);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act(event.key)) return;
    event.preventDefault();
  };
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") setText("");
    else if (event.key === "Enter" && current !== undefined) openEntry(current);
    else if (event.key === "ArrowDown" && found.length > 0) {
      event.preventDefault();
      setActive(current?.key ?? null);
      list.current?.focus();
    }
  };
  const own = found.filter(({ own: ownId }) => ownId !== null);
  const shipped = found.filter(({ own: ownId }) => ownId === null);
  const option = (entry: Entry) => (
    <Option key={entry.key} id={idOf(entry.key)} entry={entry} open={entry.key === open} active={entry.key === current?.key} onOpen={() => openEntry(entry)} />
  );
  return (
    <section className={classes.rail} aria-label={t("data.title")}>
      <Button
        size="compact-sm"
        variant={open === null ? "light" : "default"}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => go({ screen: "data", dataset: null })}
      >
        {t("data.add")}
      </Button>
      <TextInput
        ref={search}
        size="xs"
        aria-label={t("data.search")}
        placeholder={t("data.searchHint")}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={text === "" ? null : <CloseButton size="xs" aria-label={t("runs.clearFilter")} onClick={() => setText("")} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onSearchKey}
      />
      {entries.length > 0 && !entries.some((entry) => entry.own !== null) && <p className={classes.note}>{t("data.noneOwn")}</p>}
      {found.length === 0 ? (
        <p className={classes.note} role="status">
          {entries.length === 0 ? t("data.loading") : t("data.nothingFound", { text })}
        </p>
      ) : (
        <div
          ref={list}
          className={classes.railList}
          role="listbox"
          tabIndex={0}
          aria-label={t("data.list")}
          aria-activedescendant={current === undefined ? undefined : idOf(current.key)}
          onKeyDown={onKeyDown}
        >
          {own.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
            <div role="group" aria-label={t("data.own")}>
              <div className={classes.group} aria-hidden>
                {t("data.own")}
              </div>
              {own.map(option)}
            </div>
          )}
          {shipped.length > 0 && (
            // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
            <div role="group" aria-label={t("data.shipped")}>
              <div className={classes.group} aria-hidden>
                {t("data.shipped")}
              </div>
              {shipped.map(option)}
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function openEntry({ key }: Entry): void {
  go({ screen: "data", dataset: key });
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly open: boolean;
  readonly active: boolean;
  readonly onOpen: () => void;
}

function Option({ id, entry, open, active, onOpen }: OptionProps) {
  const { t, i18n } = useTranslation();
  const placeText = usePlaceText();
  const { name, facts, source } = entry;
  const path = pathsOf(source)[0]?.path;
  const detail =
    facts === null
      ? [formatLabel(source.type, i18n.language), ...(path === undefined ? [] : [lastOfPath(path)])]
      : [t(`data.kind.${sampleKind(facts.sampleShape)}`), t("recipe.samples", { count: facts.length })];
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    <div id={id} className={classes.entry} role="option" aria-selected={open} data-active={active || undefined} data-dataset={entry.key} onClick={onOpen}>
      <div className={classes.entryName} title={name}>
        {name}
      </div>
      <div className={classes.entryDetail} title={path === undefined ? undefined : placeText(path)}>
        {detail.join(" · ")}
      </div>
    </div>
  );
}
