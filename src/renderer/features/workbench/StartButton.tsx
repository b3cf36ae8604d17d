/** Starts the draft as one run. If the split has several folds or rounds, a second button starts them all. */
import { Button, Group, Modal, NumberInput, Text, Tooltip } from "@mantine/core";
import { IconPlayerPlay, IconStack2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DatasetFacts } from "../../../shared/recipe/facts.ts";
import { MOST_FOLD_RUNS } from "../../../shared/recipe/foldRuns.ts";
import { startRun, useBusy } from "../../api/actions.tsx";
import { useConnectionStatus } from "../../api/client.ts";
import { useDraft } from "../../draft/draft.ts";
import { ASKED_ABOVE, type SeveralRuns, severalRuns, startFolds, useFoldStarts } from "./folds.ts";

/** Enough for a mean and a standard deviation; a confidence interval needs hundreds. */
const USUAL_ROUNDS = 20;

interface StartProps {
  readonly blocked: boolean;
  readonly recipe: unknown;
  /** Facts of the draft's data; null until known. */
  readonly facts: DatasetFacts | null;
}

export function StartButton({ blocked, recipe, facts }: StartProps) {
  const { t } = useTranslation();
  const starting = useBusy((busy) => busy.starting);
  const connected = useConnectionStatus() === "open";
  const queuing = useFoldStarts(({ progress }) => progress !== null);
  const several = severalRuns(recipe, facts);
  const disabled = blocked || !connected;
  return (
    <Group gap={4} ml="auto" wrap="nowrap">
      {several !== null && facts !== null && <FoldsButton several={several} facts={facts} disabled={disabled} />}
      <Tooltip label={disabled ? t(connected ? "form.blocked" : "form.noHost") : t("recipe.startTitle")} multiline maw={280}>
        {/* A disabled button gets no pointer events, so the span around it shows the tooltip. */}
        <span>
          <Button
            size="compact-sm"
            {...(disabled ? { "aria-description": t(connected ? "form.blocked" : "form.noHost") } : {})}
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={starting && !queuing}
            disabled={disabled || queuing}
            onClick={(event) => {
              // Space then pauses the run instead of starting another one.
              event.currentTarget.blur();
              void startRun(useDraft.getState().recipe);
            }}
          >
            {t("recipe.start")}
          </Button>
        </span>
      </Tooltip>
    </Group>
  );
}

interface FoldsProps {
  readonly several: SeveralRuns;
  readonly facts: DatasetFacts;
  readonly disabled: boolean;
}

function FoldsButton({ several, facts, disabled }: FoldsProps) {
  const { t } = useTranslation();
  const starting = useBusy((busy) => busy.starting);
  const progress = useFoldStarts((starts) => starts.progress);
  const [asking, setAsking] = useState(false);
  const start = (rounds: number | null) => void startFolds(useDraft.getState().recipe, facts, rounds);
  const folds = several.kind === "folds" ? several.count : null;
  // Too many folds are rejected with the reason, so the question is not asked.
  const asks = folds === null || (folds > ASKED_ABOVE && folds <= MOST_FOLD_RUNS);
  return (
    <>
      <Tooltip label={folds === null ? t("recipe.roundsTitle") : t("recipe.foldsTitle")} multiline maw={280}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconStack2 size={14} aria-hidden />}
          disabled={disabled || starting}
          aria-haspopup={asks ? "dialog" : undefined}
          onClick={(event) => {
            event.currentTarget.blur();
            if (asks) setAsking(true);
            else start(null);
          }}
        >
          <span className="tabular">
            {progress !== null ? t("recipe.queuing", progress) : folds === null ? t("recipe.rounds") : t("recipe.folds", { count: folds })}
          </span>
        </Button>
      </Tooltip>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        size="sm"
        title={folds === null ? t("recipe.roundsAsk") : t("recipe.foldsAsk", { count: folds })}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        <Question
          folds={folds}
          onCancel={() => setAsking(false)}
          onStart={(rounds) => {
            setAsking(false);
            start(rounds);
          }}
        />
      </Modal>
    </>
  );
}

interface QuestionProps {
  /** Number of folds; null for the bootstrap, where the user enters the rounds. */
  readonly folds: number | null;
  readonly onCancel: () => void;
  readonly onStart: (rounds: number | null) => void;
}

function Question({ folds, onCancel, onStart }: QuestionProps) {
  const { t } = useTranslation();
  const [rounds, setRounds] = useState<number | string>(USUAL_ROUNDS);
  const count = folds ?? (typeof rounds === "number" && Number.isInteger(rounds) && rounds >= 1 && rounds <= MOST_FOLD_RUNS ? rounds : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (count !== null) onStart(folds === null ? count : null);
      }}
    >
      <Text size="sm">{folds === null ? t("recipe.roundsText") : t("recipe.foldsText")}</Text>
      {folds === null && (
        <NumberInput
          mt="sm"
          size="xs"
          w={140}
          label={t("recipe.roundsNumber")}
          min={1}
          max={MOST_FOLD_RUNS}
          allowDecimal={false}
          value={rounds}
          onChange={setRounds}
        />
      )}
      <Group justify="flex-end" mt="md">
        <Button size="xs" variant="default" onClick={onCancel}>
          {t("recipe.foldsCancel")}
        </Button>
        <Button size="xs" type="submit" data-autofocus disabled={count === null}>
          {t("recipe.startRuns", { count: count ?? 0 })}
        </Button>
      </Group>
    </form>
  );
}
