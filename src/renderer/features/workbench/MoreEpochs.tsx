/** Trains a complete run for more epochs. Asks how many, and explains the effect before it starts. */
import { Button, Group, Modal, NumberInput, Text, Tooltip } from "@mantine/core";
import { IconPlayerTrackNext } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { extended, MOST_EPOCHS, totalWithMore } from "../../../shared/recipe/moreEpochs.ts";
import { numberText } from "../../../shared/text/numbers.ts";
import { giveMoreEpochs, useBusy } from "../../api/actions.tsx";
import { useConnectionStatus } from "../../api/client.ts";

export function MoreEpochs({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const busy = useBusy(({ runs }) => runs.has(run.id));
  const connected = useConnectionStatus() === "open";
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Tooltip label={t("run.moreTitle")}>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          disabled={!connected}
          aria-haspopup="dialog"
          leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t("run.more")}
        </Button>
      </Tooltip>
      {asking && <MoreEpochsDialog run={run} onClose={() => setAsking(false)} />}
    </>
  );
}

export function MoreEpochsDialog({ run, onClose }: { readonly run: RunDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size="sm" title={t("run.moreAsk")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Question
        run={run}
        onCancel={onClose}
        onTrain={(epochs) => {
          onClose();
          void giveMoreEpochs(run.id, epochs);
        }}
      />
    </Modal>
  );
}

interface QuestionProps {
  readonly run: RunDetail;
  readonly onCancel: () => void;
  /** @param epochs the new total */
  readonly onTrain: (epochs: number) => void;
}

function Question({ run, onCancel, onTrain }: QuestionProps) {
  const { t } = useTranslation();
  const most = MOST_EPOCHS - run.epoch;
  const [more, setMore] = useState<number | string>(Math.min(most, Math.max(1, run.epoch)));
  const wanted = typeof more === "number" && Number.isInteger(more) && more >= 1 && more <= most ? more : null;
  const extension = wanted === null ? null : extended(run.recipe, run, totalWithMore(run, wanted));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (extension !== null) onTrain(extension.recipe.budget.epochs);
      }}
    >
      <NumberInput
        size="xs"
        w={160}
        label={t("run.moreEpochs")}
        min={1}
        max={most}
        allowDecimal={false}
        value={more}
        onChange={setMore}
        data-autofocus
        aria-describedby="more-epochs-effect"
      />
      <div id="more-epochs-effect" aria-live="polite">
        {extension !== null && (
          <>
            <Text size="sm" mt="sm">
              {t("run.moreTotal", { done: run.epoch, total: extension.recipe.budget.epochs })} {extension.rate === null ? t("run.moreSame") : ""}
            </Text>
            {extension.rate !== null && (
              <Text size="sm" mt="xs" data-note="schedule">
                {t("run.moreRate", {
                  schedule: run.recipe.schedule.type,
                  before: run.totalEpochs,
                  last: numberText(extension.rate.last),
                  after: extension.recipe.budget.epochs,
                  next: numberText(extension.rate.next),
                })}
              </Text>
            )}
            {extension.patience !== null && (
              <Text size="sm" mt="xs" data-note="patience">
                {t("run.morePatience", { epoch: run.epoch, ...extension.patience })}
              </Text>
            )}
          </>
        )}
        <Text size="xs" mt="xs" c="dimmed">
          {t("run.moreResult")}
        </Text>
      </div>
      <Group justify="flex-end" mt="md">
        <Button size="xs" variant="default" onClick={onCancel}>
          {t("run.moreCancel")}
        </Button>
        <Button size="xs" type="submit" disabled={extension === null}>
          {t("run.moreTrain", { count: wanted ?? 0 })}
        </Button>
      </Group>
    </form>
  );
}
