/** Chooses a layer to add from a searchable list. */
import { Button, Combobox, Text, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { searchTypes } from "../catalog/words.ts";
import classes from "./layers.module.css";

interface AddLayerProps {
  /** "Add a layer" if absent. */
  readonly label?: string;
  /** "Search layers" if absent. */
  readonly searchLabel?: string;
  /** The union schema of what can be added. */
  readonly schema: FieldSchema;
  /** The types that are offered. */
  readonly types: readonly string[];
  readonly onAdd: (type: string) => void;
  /** Called when the list is closed without a choice. If given, the list is open from the start. */
  readonly onCancel?: () => void;
}

export function AddLayer({ label, searchLabel, schema, types, onAdd, onCancel }: AddLayerProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [search, setSearch] = useState("");
  const chosen = useRef(false);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch("");
      if (!chosen.current) onCancel?.();
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const opensAtOnce = useRef(onCancel === undefined ? null : combobox);
  useEffect(() => opensAtOnce.current?.openDropdown(), []);
  const found = searchTypes(schema, types, search);
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(type) => {
        chosen.current = true;
        combobox.closeDropdown();
        chosen.current = false;
        onAdd(type);
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {label ?? t("layers.add")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          placeholder={searchLabel ?? t("layers.search")}
          aria-label={searchLabel ?? t("layers.search")}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
        <Combobox.Options mah={340} style={{ overflowY: "auto" }} aria-label={t("layers.kinds")}>
          {found.map((type) => (
            <Combobox.Option key={type} value={type}>
              <Text size="sm" fw={600}>
                {words.choice(schema, type)}
              </Text>
              <Text size="xs" className={classes.about}>
                {words.choiceHelp(schema, type)}
              </Text>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t("layers.noKind", { search })}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
