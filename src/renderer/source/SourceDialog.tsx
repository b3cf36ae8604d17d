/** Changes how an existing data set is read: the form of the import in a dialog. */
import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { SourceEditor } from "./SourceEditor.tsx";
import type { SourceStart } from "./useSourceDraft.ts";

interface SourceDialogProps {
  readonly start: SourceStart;
  readonly title: string;
  /** Consequences of a change. */
  readonly note: string;
  readonly onChange: (source: SourceConfig) => void | Promise<void>;
  readonly onClose: () => void;
}

export function SourceDialog({ start, title, note, onChange, onClose }: SourceDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1180px, 96vw)"
      title={<bdi>{title}</bdi>}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ "aria-label": t("data.close") }}
    >
      <Text size="sm" c="dimmed">
        {note}
      </Text>
      <SourceEditor
        start={start}
        submit={t("data.source.use")}
        onSubmit={async (source) => {
          await onChange(source);
          onClose();
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}
