/** A draft of an earlier visit that cannot be read. The user can copy its text; it is kept until discarded. */
import { Button, CopyButton, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { forgetUnread, useDraft } from "../../draft/draft.ts";
import classes from "./recipe.module.css";

export function UnreadDraft() {
  const { t } = useTranslation();
  const unread = useDraft((draft) => draft.unread);
  if (unread === null) return null;
  return (
    <div className={classes.summary} role="status" data-bad>
      <Text size="xs" fw={600}>
        {t("form.unread")}
      </Text>
      <Text size="xs">{t("form.unreadText")}</Text>
      <Group gap={6} mt={4}>
        <CopyButton value={unread}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? "form.unreadCopied" : "form.unreadCopy")}
            </Button>
          )}
        </CopyButton>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={forgetUnread}>
          {t("form.unreadDiscard")}
        </Button>
      </Group>
    </div>
  );
}
