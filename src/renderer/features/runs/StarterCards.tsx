/** Shown while there are no runs: what this screen is for, and starter recipes that train with one click. */
import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconFolderPlus, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBusy } from "../../api/actions.tsx";
import { useDatasets, useStarters } from "../../api/client.ts";
import { go } from "../../app/route.ts";
import { useWords } from "../../catalog/useWords.ts";
import { editRecipe, trainRecipe } from "../../draft/open.ts";
import { DropZone } from "../../source/DropZone.tsx";
import { droppable } from "../../source/formatWords.ts";
import { handOver } from "../../source/handOver.ts";
import { useFactsText } from "../../ui/useFactsText.ts";
import classes from "./runs.module.css";

export function StarterCards() {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const factsText = useFactsText();
  const { data: starters, isPending: awaitsStarters } = useStarters();
  const { data: datasets, isPending: awaitsDatasets } = useDatasets();
  const starting = useBusy((busy) => busy.starting);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div className={classes.empty}>
      <div style={{ textAlign: "center", maxWidth: 620 }}>
        <Title order={2} fz="lg">
          {t("runs.emptyTitle")}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t("runs.emptyText")}
        </Text>
      </div>
      {/* All cards come at once, with all of their lines: nothing moves under the pointer. */}
      <ul className={classes.starters} aria-label={t("runs.startersTitle")} style={{ visibility: awaitsStarters || awaitsDatasets ? "hidden" : "visible" }}>
        {starters?.map(({ name, title, summary, recipe }) => {
          const { source } = recipe.data;
          const facts = source.type === "shipped" ? datasets?.find((dataset) => dataset.name === source.name)?.facts : undefined;
          return (
            <li key={name}>
              <Card withBorder padding="md" className={classes.starter}>
                <div>
                  <Title order={3} fz="md">
                    {name}
                  </Title>
                  <Text size="sm" fw={500} mt={2}>
                    {words.of(title)}
                  </Text>
                </div>
                <Text size="sm" c="dimmed" style={{ flex: 1 }}>
                  {words.of(summary)}
                </Text>
                {facts !== undefined && (
                  <Text size="xs" c="dimmed" className="tabular">
                    {factsText(facts)}
                  </Text>
                )}
                <Group gap="xs" mt={4}>
                  <Button
                    size="xs"
                    leftSection={<IconPlayerPlay size={14} aria-hidden />}
                    loading={starting && chosen === name}
                    disabled={starting && chosen !== name}
                    aria-label={`${t("runs.train")}: ${name}`}
                    onClick={() => {
                      setChosen(name);
                      void trainRecipe(recipe);
                    }}
                  >
                    {t("runs.train")}
                  </Button>
                  <Button size="xs" variant="subtle" aria-label={`${t("runs.edit")}: ${name}`} onClick={() => editRecipe(recipe)}>
                    {t("runs.edit")}
                  </Button>
                </Group>
              </Card>
            </li>
          );
        })}
        <li>
          <Card withBorder padding="md" className={classes.starter}>
            <div>
              <Title order={3} fz="md">
                {t("runs.own.title")}
              </Title>
              <Text size="sm" fw={500} mt={2}>
                {t("runs.own.what")}
              </Text>
            </div>
            <Text size="sm" c="dimmed" style={{ flex: 1 }}>
              {t("runs.own.text", { formats: droppable(i18n.language) })}
            </Text>
            <Group gap="xs" mt={4}>
              <Button size="xs" variant="default" leftSection={<IconFolderPlus size={14} aria-hidden />} onClick={() => go({ screen: "data", dataset: null })}>
                {t("runs.own.add")}
              </Button>
            </Group>
          </Card>
        </li>
      </ul>
      <DropZone
        onDrop={(picked) => {
          handOver(picked);
          go({ screen: "data", dataset: null });
        }}
      />
    </div>
  );
}
