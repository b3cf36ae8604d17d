/** Undo and redo of the draft. */
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { redoDraft, undoDraft, useDraft } from "../../draft/draft.ts";
import type { Moved } from "../../draft/useDraftKeys.ts";

const KINDS = ["undo", "redo"] as const;

export function UndoButtons({ onMoved }: { readonly onMoved: Moved }) {
  const { t } = useTranslation();
  const steps = useDraft(({ history }) => history.past.length);
  const undoneSteps = useDraft(({ history }) => history.future.length);
  const kinds = { undo: { steps, act: undoDraft, Icon: IconArrowBackUp }, redo: { steps: undoneSteps, act: redoDraft, Icon: IconArrowForwardUp } };
  return (
    <Group gap={0} wrap="nowrap">
      {KINDS.map((kind) => {
        const { steps: left, act, Icon } = kinds[kind];
        return (
          <Tooltip key={kind} label={t(`form.${kind}Title`)}>
            <ActionIcon
              variant="subtle"
              {...(left === 0 ? { bg: "transparent" } : {})}
              color="gray"
              size={26}
              aria-label={t(`form.${kind}`)}
              // Not `disabled`: the button would lose the focus at the last step.
              aria-disabled={left === 0}
              data-disabled={left === 0}
              onClick={() => {
                const place = act();
                if (place !== null) onMoved(kind, place);
              }}
            >
              <Icon size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </Group>
  );
}
