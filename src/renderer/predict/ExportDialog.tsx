/** Exports a trained network as one ONNX file on this machine, and shows its contents. */
import { Alert, Button, Checkbox, Group, Loader, Modal, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExportedModel } from "../../shared/contract/exportedModel.ts";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { client } from "../api/client.ts";
import { FaultText } from "../source/FaultText.tsx";
import classes from "./predict.module.css";

type Run = Pick<RunSummary, "id" | "name">;

export function ExportDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size="lg" title={t("predict.export.title", { name: run.name })} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Content run={run} />
    </Modal>
  );
}

type State =
  | { readonly stage: "idle" | "writing" }
  | { readonly stage: "done"; readonly model: ExportedModel }
  | { readonly stage: "failed"; readonly error: unknown };

function Content({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const [file, setFile] = useState("");
  const [force, setForce] = useState(false);
  const [state, setState] = useState<State>({ stage: "idle" });
  const working = useRef<AbortController | null>(null);
  useEffect(() => () => working.current?.abort(), []);
  const write = async () => {
    const own = new AbortController();
    working.current = own;
    setState({ stage: "writing" });
    try {
      const model = await client.runs.exportOnnx({ id: run.id, file: file.trim(), force }, { signal: own.signal });
      if (!own.signal.aborted) setState({ stage: "done", model });
    } catch (error) {
      if (!own.signal.aborted) setState({ stage: "failed", error });
    }
  };
  const cancel = () => {
    working.current?.abort();
    setState({ stage: "idle" });
  };
  const isBusy = state.stage === "writing";
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (file.trim() !== "" && !isBusy) void write();
      }}
    >
      <Text size="sm">{t("predict.export.text")}</Text>
      <TextInput
        size="xs"
        data-autofocus
        label={t("predict.export.file")}
        placeholder={t("predict.export.fileHint")}
        spellCheck={false}
        disabled={isBusy}
        value={file}
        onChange={(event) => setFile(event.currentTarget.value)}
      />
      <Checkbox size="xs" label={t("predict.export.force")} disabled={isBusy} checked={force} onChange={(event) => setForce(event.currentTarget.checked)} />
      <Group gap="xs">
        <Button size="xs" type="submit" disabled={isBusy || file.trim() === ""}>
          {t("predict.export.write")}
        </Button>
        {isBusy && (
          <>
            <Loader size="xs" aria-hidden />
            <Text size="sm" role="status">
              {t("predict.export.writing")}
            </Text>
            <Button size="compact-sm" variant="default" onClick={cancel}>
              {t("predict.cancel")}
            </Button>
          </>
        )}
      </Group>
      {state.stage === "failed" && (
        <div role="alert" className={classes.failed}>
          <h3>{t("predict.export.failed")}</h3>
          <FaultText error={state.error} />
        </div>
      )}
      {state.stage === "done" && <Written model={state.model} />}
    </form>
  );
}

function Written({ model: { file, inputs, outputs, preprocessing, checked, notes } }: { readonly model: ExportedModel }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" variant="light" role="status" title={t("predict.export.done")} styles={{ message: { color: "inherit" } }}>
      <Text size="sm" className={classes.file}>
        <bdi>{file}</bdi>
      </Text>
      <Text size="xs" mt={6}>
        {t(checked.from === "test" ? "predict.export.checked" : "predict.export.checkedDrawn", { count: checked.samples })}
      </Text>
      <dl className={classes.ports} lang="en">
        {[...inputs, ...outputs].map(({ name, type, shape, meaning }) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              {type} [{shape.join(", ")}]: {meaning}
            </dd>
          </div>
        ))}
      </dl>
      <Text size="xs" lang="en">
        {[preprocessing, ...notes].join(" ")}
      </Text>
    </Alert>
  );
}
