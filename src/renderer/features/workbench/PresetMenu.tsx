/** Starts the model from a preset that suits the samples. */
import { Button, Menu, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { presets } from "../../../shared/catalog/presets/index.ts";
import { type PresetDefinition, refusalOf } from "../../../shared/catalog/presets/preset.ts";
import { useWords } from "../../catalog/useWords.ts";
import { changeDraft, restoreDraft, useDraft } from "../../draft/draft.ts";
import { contentOf } from "../../draft/kept.ts";
import { useForm } from "../../forms/context.ts";
import { PlanContext } from "../../layers/plan.ts";
import { offerUndo } from "../../ui/undo.tsx";

const LAYERS = ["model", "layers"];

/** @param outputs number of outputs of the last layer; null until known */
export function PresetMenu({ outputs }: { readonly outputs: number | null }) {
  const { t } = useTranslation();
  const words = useWords();
  const { readOnly } = useForm();
  const input = useContext(PlanContext)?.inputShape;
  if (readOnly || input === undefined || outputs === null) return null;
  const choose = (preset: PresetDefinition) => {
    const former = contentOf(useDraft.getState());
    changeDraft(LAYERS, preset.layers(input, outputs));
    offerUndo(t("presets.chosen", { name: words.of(preset.title) }), t("presets.chosenText"), () => restoreDraft(former));
  };
  return (
    <Menu position="bottom-start" shadow="md" width={340}>
      <Menu.Target>
        <Button size="compact-xs" variant="subtle" color="gray" mb={2} rightSection={<IconChevronDown size={13} aria-hidden />}>
          {t("presets.menu")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: "auto" }}>
        {Object.entries<PresetDefinition>(presets).map(([name, preset]) => {
          const refusal = refusalOf(preset, input);
          return (
            <Menu.Item key={name} disabled={refusal !== null} onClick={() => choose(preset)}>
              <Text size="sm" fw={600}>
                {words.of(preset.title)}
              </Text>
              <Text size="xs" c="dimmed">
                {words.of(refusal ?? preset.summary)}
              </Text>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
