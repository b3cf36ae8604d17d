/** Finds a field by its title in either language, identifier, options or help; unfolds its section and scrolls to it. */
import { Combobox, Kbd, Text, TextInput, useCombobox } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatPath } from "../../../shared/recipe/fields.ts";
import { useWords } from "../../catalog/useWords.ts";
import { useForm } from "../../forms/context.ts";
import { everyField, type Leaf, searchFields } from "../../forms/fieldList.ts";
import { showPlace } from "../../forms/shown.ts";
import classes from "./recipe.module.css";
import { type Section, sections, topsOf } from "./sections.ts";

/** Maximum number of hits. One more letter narrows the list faster. */
const MOST = 30;

interface Hit extends Leaf {
  readonly section: Section;
}

export function FieldSearch({ recipe, scroll }: { readonly recipe: unknown; readonly scroll: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const words = useWords();
  const { hidden } = useForm();
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const hits = search.trim() === "" ? [] : hitsOf(recipe, search, hidden).slice(0, MOST);
  useSearchKeys(input, scroll);
  const choose = (place: string) => {
    setSearch("");
    combobox.closeDropdown();
    showPlace(() => scroll.current, place);
  };
  return (
    <Combobox store={combobox} shadow="md" onOptionSubmit={choose} position="bottom-start">
      <Combobox.Target>
        <TextInput
          ref={input}
          size="xs"
          type="search"
          value={search}
          placeholder={t("form.search")}
          aria-label={t("form.search")}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={search === "" ? <Kbd size="xs">/</Kbd> : null}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            setSearch("");
            combobox.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={search.trim() === ""}>
        <Combobox.Options mah={320} style={{ overflowY: "auto" }} aria-label={t("form.found")}>
          {hits.map(({ path, schema, section }) => (
            <Combobox.Option key={formatPath(path)} value={formatPath(path)}>
              <Text size="sm" fw={600}>
                {words.title(schema, path.at(-1) ?? "")}
              </Text>
              <Text size="xs" className={classes.where}>
                {t(`recipe.section.${section.name}`)} · <span lang="en">{formatPath(path)}</span>
              </Text>
            </Combobox.Option>
          ))}
          {hits.length === 0 && <Combobox.Empty>{t("form.notFound", { search })}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function hitsOf(recipe: unknown, search: string, hidden: (path: Leaf["path"]) => boolean): readonly Hit[] {
  const fields = sections.flatMap((section) =>
    topsOf(section, recipe).flatMap(({ name, schema, value }) => everyField([name], schema, value).map((leaf): Hit => ({ ...leaf, section }))),
  );
  return searchFields(
    fields.filter(({ path }) => !path.some((_, index) => hidden(path.slice(0, index + 1)))),
    search,
  );
}

/** Focuses the search: "/" anywhere except in text fields, and Ctrl+F within the form. */
function useSearchKeys(input: RefObject<HTMLInputElement | null>, scroll: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("[role=dialog]") != null || event.altKey) return;
      const command = event.ctrlKey || event.metaKey;
      const typing = target?.closest("input, textarea, select, [contenteditable]") != null;
      const finds = command && event.code === "KeyF" && !event.shiftKey && scroll.current?.contains(target) === true;
      if (!finds && !(event.key === "/" && !command && !typing)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [input, scroll]);
}
