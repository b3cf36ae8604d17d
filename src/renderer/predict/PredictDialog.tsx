/** Predictions of a trained network for a part of its data, or for a file or folder that is dropped, chosen or named. */
import { Alert, Button, Group, Modal, Progress, SegmentedControl, Text, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { countText } from "../../shared/text/numbers.ts";
import { saveBlob } from "../api/saveFile.ts";
import { DropZone } from "../source/DropZone.tsx";
import { FaultText } from "../source/FaultText.tsx";
import { FileChooser } from "../source/FileChooser.tsx";
import { PredictionTable } from "./PredictionTable.tsx";
import classes from "./predict.module.css";
import { summaryWords } from "./summary.ts";
import { type Predicting, usePrediction } from "./usePrediction.ts";

const PLACES = ["test", "validation", "train", "file"] as const;
type Place = (typeof PLACES)[number];

export function PredictDialog({ run, onClose }: { readonly run: Pick<RunSummary, "id" | "name">; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size={980} title={t("predict.title", { name: run.name })} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Content run={run} />
    </Modal>
  );
}

function Content({ run }: { readonly run: Pick<RunSummary, "id" | "name"> }) {
  const { t } = useTranslation();
  const predicting = usePrediction(run.id);
  const { state, predict, take } = predicting;
  const [place, setPlace] = useState<Place>("test");
  const [path, setPath] = useState("");
  const isBusy = state.stage === "running" || state.stage === "sending";
  const begin = () => {
    if (place !== "file") predict({ part: place });
    else if (path.trim() !== "") predict({ path: path.trim() });
  };
  return (
    <div className={classes.dialog}>
      <DropZone
        onDrop={(picked) => {
          setPlace("file");
          take(picked);
        }}
      />
      <form
        className={classes.ask}
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <SegmentedControl
          size="xs"
          aria-label={t("predict.what")}
          value={place}
          disabled={isBusy}
          onChange={(value) => setPlace(PLACES.find((each) => each === value) ?? "test")}
          data={PLACES.map((value) => ({ value, label: value === "file" ? t("predict.file") : t(`split.${value}`) }))}
        />
        {place === "file" && <Chooser path={path} onPath={setPath} disabled={isBusy} predicting={predicting} />}
        <Button size="xs" type="submit" data-autofocus disabled={isBusy || (place === "file" && path.trim() === "")}>
          {t("predict.begin")}
        </Button>
      </form>
      <Outcome predicting={predicting} run={run} />
    </div>
  );
}

interface ChooserProps {
  readonly path: string;
  readonly onPath: (path: string) => void;
  readonly disabled: boolean;
  readonly predicting: Predicting;
}

function Chooser({ path, onPath, disabled, predicting: { take } }: ChooserProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        size="xs"
        className={classes.path}
        aria-label={t("predict.path")}
        placeholder={t("predict.pathHint")}
        spellCheck={false}
        disabled={disabled}
        value={path}
        onChange={(event) => onPath(event.currentTarget.value)}
      />
      <FileChooser disabled={disabled} onPick={take} />
    </>
  );
}

function Outcome({ predicting: { state, cancel }, run }: { readonly predicting: Predicting; readonly run: Pick<RunSummary, "name"> }) {
  const { t, i18n } = useTranslation();
  switch (state.stage) {
    case "idle":
      return (
        <Text size="sm" c="dimmed" className={classes.idle}>
          {t("predict.idle")}
        </Text>
      );
    case "failed":
      return (
        <div role="alert" className={classes.failed}>
          <h3>{t("predict.failed")}</h3>
          <FaultText error={state.error} />
        </div>
      );
    case "sending":
    case "running": {
      const total = state.stage === "running" ? (state.begun?.total ?? null) : (state.progress?.total ?? null);
      const done = state.stage === "running" ? state.done : (state.progress?.done ?? 0);
      const words =
        state.stage === "sending"
          ? t("predict.sending")
          : total === null
            ? t("predict.preparing")
            : t("predict.running", { done: countText(done, i18n.language), total: countText(total, i18n.language) });
      return (
        <>
          <div className={classes.work}>
            <Progress value={total === null || total === 0 ? 0 : (100 * done) / total} w={240} aria-label={t("predict.progress")} transitionDuration={0} />
            <Text size="sm" className="tabular" role="status">
              {words}
            </Text>
            <Button size="compact-sm" variant="default" onClick={cancel}>
              {t("predict.cancel")}
            </Button>
          </div>
          {state.stage === "running" && state.begun !== null && <PredictionTable output={state.begun.output} rows={state.rows} />}
        </>
      );
    }
    case "done": {
      const { begun, summary, rows, csv, of } = state;
      return (
        <>
          <Group justify="space-between" className={classes.result}>
            <Text size="sm" role="status" className="tabular">
              {summaryWords(t, summary)}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              onClick={() => saveBlob(`${run.name}-${of}-predictions.csv`, csv)}
            >
              {t("predict.save")}
            </Button>
          </Group>
          {(begun.notes.length > 0 || summary.leftOut.count > 0) && (
            <Alert color="yellow" variant="light" p="xs" title={t("predict.notes")} styles={{ message: { color: "inherit" } }}>
              {begun.notes.map((note) => (
                <Text key={note} size="xs" lang="en">
                  {note}
                </Text>
              ))}
              {summary.leftOut.first.map(({ source, reason }) => (
                <Text key={source} size="xs" lang="en">
                  {source} {reason}
                </Text>
              ))}
            </Alert>
          )}
          <PredictionTable output={begun.output} rows={rows} />
          {summary.predicted > rows.length && (
            <Text size="xs" c="dimmed">
              {t("predict.more", { count: summary.predicted - rows.length })}
            </Text>
          )}
        </>
      );
    }
  }
}
