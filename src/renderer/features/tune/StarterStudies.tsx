/** Studies that come with Descent: started with one click, or looked at first. */
import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StarterStudy } from "../../../shared/contract/studies.ts";
import { useStarterStudies } from "../../api/studies.ts";
import { startStudy } from "../../api/studyActions.ts";
import { useWords } from "../../catalog/useWords.ts";
import { openStudy } from "./openStudy.ts";
import classes from "./tune.module.css";

export function StarterStudies() {
  const { t } = useTranslation();
  const { data: starters } = useStarterStudies();
  if (starters === undefined) return null;
  return (
    <section aria-label={t("tune.starters")}>
      <h2 className={classes.startersTitle}>{t("tune.starters")}</h2>
      <ul className={classes.starters}>
        {starters.map((starter) => (
          <li key={starter.name}>
            <StarterCard starter={starter} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function StarterCard({ starter: { name, title, summary, study } }: { readonly starter: StarterStudy }) {
  const { t } = useTranslation();
  const words = useWords();
  const [starting, setStarting] = useState(false);
  return (
    <Card withBorder padding="md" className={classes.starter}>
      <Title order={3} fz="md">
        {words.of(title)}
      </Title>
      <Text size="sm" c="dimmed" style={{ flex: 1 }}>
        {words.of(summary)}
      </Text>
      <Text size="xs" c="dimmed">
        {study.space.map((parameter) => parameter.name).join(", ")}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          loading={starting}
          aria-label={`${t("tune.start")}: ${name}`}
          onClick={() => {
            setStarting(true);
            void startStudy(study).finally(() => setStarting(false));
          }}
        >
          {t("tune.start")}
        </Button>
        <Button size="xs" variant="subtle" aria-label={`${t("tune.lookFirst")}: ${name}`} onClick={() => openStudy(study)}>
          {t("tune.lookFirst")}
        </Button>
      </Group>
    </Card>
  );
}
