/** Exports a run as a folder that trains in plain PyTorch and compares its results. */
import { Alert, Button, Code, Group, Loader, Modal, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { client } from "../api/client.ts";
import { FaultText } from "../source/FaultText.tsx";
import classes from "./predict.module.css";

type Run = Pick<RunSummary, "id" | "name">;

export function ReproduceDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} size="lg" title={t("predict.reproduce.title", { name: run.name })} closeButtonProps={{ "aria-label": t("app.close") }}>
      <Content run={run} />
    </Modal>
  );
}

function Content({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const [folder, setFolder] = useState("");
  const { mutate, data, error, isPending } = useMutation({ mutationFn: (wanted: string) => client.runs.reproduce({ id: run.id, folder: wanted }) });
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim() !== "" && !isPending) mutate(folder.trim());
      }}
    >
      <Text size="sm">{t("predict.reproduce.text")}</Text>
      <TextInput
        size="xs"
        data-autofocus
        label={t("predict.reproduce.folder")}
        placeholder={t("predict.reproduce.folderHint")}
        spellCheck={false}
        disabled={isPending}
        value={folder}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" type="submit" disabled={isPending || folder.trim() === ""}>
          {t("predict.reproduce.write")}
        </Button>
        {isPending && <Loader size="xs" aria-label={t("predict.reproduce.writing")} />}
      </Group>
      {error !== null && (
        <div role="alert" className={classes.failed}>
          <h3>{t("predict.reproduce.failed")}</h3>
          <FaultText error={error} />
        </div>
      )}
      {data !== undefined && (
        <Alert color="teal" variant="light" role="status" title={t("predict.reproduce.done", { count: data.steps })} styles={{ message: { color: "inherit" } }}>
          <Text size="sm" className={classes.file}>
            <bdi>{data.folder}</bdi>: {data.files.join(", ")}
          </Text>
          <Text size="sm" mt={6}>
            {t("predict.reproduce.run")}
          </Text>
          <Code block>python3 {data.folder}/train.py</Code>
        </Alert>
      )}
    </form>
  );
}
