/** Warns that the browser does not store the draft. The user can copy it before the window is closed. */
import { Button, CopyButton, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { jsonText, useDraft } from "../../draft/draft.ts";
import classes from "./recipe.module.css";

export function UnkeptDraft() {
  const { t } = useTranslation();
  const { unkept, recipe, text } = useDraft();
  if (!unkept) return null;
  return (
    <div className={classes.summary} role="alert" data-bad>
      <Text size="xs" fw={600}>
        {t("form.unkept")}
      </Text>
      <Text size="xs">{t("form.unkeptText")}</Text>
      <Group gap={6} mt={4}>
        <CopyButton value={text ?? jsonText(recipe)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? "form.unreadCopied" : "form.unkeptCopy")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
