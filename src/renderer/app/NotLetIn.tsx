/** Shown instead of the studio if the window has no valid token of the running studio. */
import { Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

export function NotLetIn() {
  const { t } = useTranslation();
  const title = t("app.notLetIn");
  useEffect(() => {
    document.title = `${title} · Descent`;
  }, [title]);
  return (
    <Stack component="main" maw="36rem" mx="auto" p="xl" mt="10vh" gap="md" role="main">
      <Title order={1}>{title}</Title>
      <Text>{t("app.notLetInTerminal")}</Text>
      <Text>{t("app.notLetInWindow")}</Text>
    </Stack>
  );
}
