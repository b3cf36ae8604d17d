/** A notification about a deletion, with an undo button. */
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { i18n } from "../i18n/index.ts";

/** Long enough to see what the change did, on a busy machine too. WCAG 2.2.1 calls for at least 20 s. */
const UNDO_MS = 30_000;

/** @param detail a second, less prominent line */
export function offerUndo(title: string, detail: string | null, undo: () => void): void {
  const notice = notifications.show({
    autoClose: UNDO_MS,
    withCloseButton: true,
    closeButtonProps: { "aria-label": i18n.t("app.close") },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          {detail !== null && (
            <Text size="xs" c="dimmed">
              {detail}
            </Text>
          )}
        </div>
        <Button
          size="compact-sm"
          flex="none"
          variant="default"
          onClick={() => {
            notifications.hide(notice);
            undo();
          }}
        >
          {i18n.t("app.undo")}
        </Button>
      </Group>
    ),
  });
}
