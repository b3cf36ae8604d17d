/** Chooses a layer to add: a list that is searched by typing. */
import { Button, Combobox, Text, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { searchTypes } from "../catalog/words.ts";

interface AddLayerProps {
  /** "Add a layer" where absent. */
  readonly label?: string;
  /** "Search layers" where absent. */
  readonly searchLabel?: string;
  /** The union of what can be added. */
  readonly schema: FieldSchema;
  /** Those of its types that are offered. */
  readonly types: readonly string[];
  readonly onAdd: (type: string) => void;
}

export function AddLayer({ label, searchLabel, schema, types, onAdd }: AddLayerProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const found = searchTypes(schema, types, search);
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(type) => {
        combobox.closeDropdown();
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
              <Text size="xs" c="dimmed">
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
