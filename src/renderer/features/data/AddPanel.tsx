/** Adds data by dropping, choosing or naming it, or by generating some. Lists the recognised formats and shows what was recognised. */
import { Button, Loader, Progress, Text, TextInput } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sizeText } from "../../../shared/text/sizes.ts";
import { dropsAreCopied } from "../../api/importing.ts";
import { go } from "../../app/route.ts";
import { bareSource } from "../../source/bare.ts";
import { FaultText } from "../../source/FaultText.tsx";
import { FileChooser } from "../../source/FileChooser.tsx";
import { droppable, formatLabel } from "../../source/formatWords.ts";
import { lastOfPath } from "../../ui/lastOfPath.ts";
import { ConfirmPanel } from "./ConfirmPanel.tsx";
import classes from "./data.module.css";
import { nameOfPath } from "./entries.ts";
import styles from "./import.module.css";
import { ReadAs } from "./ReadAs.tsx";
import { SyntheticPanel } from "./SyntheticPanel.tsx";
import type { Importing } from "./useImport.ts";

export function AddPanel({ importing }: { readonly importing: Importing }) {
  const { t, i18n } = useTranslation();
  const [making, setMaking] = useState(false);
  const { state, reset } = importing;
  const added = (id: string) => {
    reset();
    setMaking(false);
    go({ screen: "data", dataset: `own:${id}` });
  };
  const make = () => {
    reset();
    setMaking(true);
  };
  return (
    <div className={classes.page}>
      {state.stage === "confirm" ? (
        <ConfirmPanel
          key={JSON.stringify(state.detected.source)}
          name={state.detected.name}
          start={state.detected}
          recognised={formatLabel(state.detected.source.type, i18n.language)}
          onAdded={added}
          onCancel={reset}
        />
      ) : state.stage === "told" ? (
        <ConfirmPanel
          key={`${state.type} ${state.path}`}
          name={nameOfPath(state.path)}
          start={{ source: bareSource(state.type, state.path), facts: null, bare: true }}
          recognised={null}
          onAdded={added}
          onCancel={reset}
        />
      ) : making && state.stage === "idle" ? (
        <SyntheticPanel onAdded={added} onCancel={() => setMaking(false)} />
      ) : (
        <div className={styles.panel}>
          <h2>{t("data.import.title")}</h2>
          <Text size="sm" c="dimmed" maw={720}>
            {t(dropsAreCopied() ? "data.import.textCopied" : "data.import.text", { formats: droppable(i18n.language) })}
          </Text>
          {(state.stage === "sending" || state.stage === "detecting") && <Working importing={importing} />}
          {state.stage === "failed" && (
            <div role="alert" className={classes.failure} style={{ marginTop: 14 }}>
              <h3>{t("data.import.failed")}</h3>
              <FaultText error={state.error} onAllowed={importing.look} />
            </div>
          )}
          {state.stage === "failed" && state.path !== null && <ReadAs path={state.path} onOpen={(type) => importing.readAs(state.path ?? "", type)} />}
          {(state.stage === "idle" || state.stage === "failed") && <Ways importing={importing} onMake={make} />}
        </div>
      )}
    </div>
  );
}

function Ways({ importing, onMake }: { readonly importing: Importing; readonly onMake: () => void }) {
  const { t } = useTranslation();
  const [path, setPath] = useState("");
  return (
    <>
      <div className={styles.ways}>
        <FileChooser multiple primary onPick={importing.take} />
        <Button size="xs" variant="default" leftSection={<IconSparkles size={14} aria-hidden />} onClick={onMake}>
          {t("data.import.synthetic")}
        </Button>
      </div>
      <form
        className={styles.path}
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== "") importing.look(path.trim());
        }}
      >
        <TextInput
          size="xs"
          label={t("data.import.path")}
          placeholder={t("data.import.pathHint")}
          spellCheck={false}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" disabled={path.trim() === ""}>
          {t("data.import.look")}
        </Button>
      </form>
    </>
  );
}

function Working({ importing: { state, reset } }: { readonly importing: Importing }) {
  const { t } = useTranslation();
  const progress = state.stage === "sending" ? state.progress : null;
  const words =
    state.stage === "detecting"
      ? t("data.import.detecting", { path: lastOfPath(state.path) })
      : state.stage === "sending" && progress !== null
        ? t("data.import.sending", { name: state.name, done: sizeText(progress.done), total: sizeText(progress.total) })
        : t("data.import.reading");
  return (
    <div className={styles.work}>
      {progress === null ? (
        <Loader size="sm" aria-hidden />
      ) : (
        <Progress
          w={220}
          value={progress.total === 0 ? 100 : (100 * progress.done) / progress.total}
          aria-label={t("data.import.sendingLabel")}
          transitionDuration={0}
        />
      )}
      <Text size="sm" className="tabular" role="status">
        {words}
      </Text>
      <Button size="compact-sm" variant="default" onClick={reset}>
        {t("data.import.cancel")}
      </Button>
    </div>
  );
}
