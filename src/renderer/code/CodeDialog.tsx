/** Asks whether a module may run. Shows its path, its imports, and in plain words what it could do. */
import { Button, Group, Loader, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CodeExamination } from "../../shared/contract/code.ts";
import { faultOf } from "../../shared/contract/faults.ts";
import { countText } from "../../shared/text/numbers.ts";
import { allowCode, dismissCode, useCodeQuestion, useExamination } from "../api/code.ts";
import { ProblemText } from "../forms/ProblemText.tsx";
import classes from "./code.module.css";

/** Number of imports shown by name. */
const MOST_SHOWN = 50;
const CAN = ["options", "network", "computer"] as const;
const CANNOT = ["write", "start", "environment"] as const;

export function CodeDialog() {
  const { t } = useTranslation();
  const { path } = useCodeQuestion();
  return (
    <Modal
      opened={path !== null}
      onClose={dismissCode}
      size="lg"
      transitionProps={{ duration: 0 }}
      title={t("code.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {path !== null && <Question key={path} path={path} />}
    </Modal>
  );
}

function Question({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useExamination(path);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [allowing, setAllowing] = useState(false);
  const failure = refusal ?? error;
  const allow = async (examination: CodeExamination) => {
    setAllowing(true);
    try {
      await allowCode(examination);
    } catch (refused) {
      setRefusal(refused);
      setAllowing(false);
    }
  };
  return (
    <>
      <Text size="sm">{t("code.text")}</Text>
      {failure !== null ? (
        <Failure error={failure} />
      ) : data === undefined || isFetching ? (
        <Loader size="sm" my="md" aria-label={t("code.reading")} />
      ) : (
        <Facts examination={data} />
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        {refusal !== null && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setRefusal(null);
              void refetch();
            }}
          >
            {t("code.again")}
          </Button>
        )}
        <Button size="xs" variant="default" data-autofocus onClick={dismissCode}>
          {t("code.notNow")}
        </Button>
        <Button
          size="xs"
          loading={allowing}
          disabled={data === undefined || isFetching || failure !== null}
          onClick={() => data !== undefined && void allow(data)}
        >
          {t("code.allow")}
        </Button>
      </Group>
    </>
  );
}

function Facts({ examination: { path, size, sha256, imports, reads } }: { readonly examination: CodeExamination }) {
  const { t, i18n } = useTranslation();
  const bytes = (count: number) => t("code.bytes", { count, text: countText(count, i18n.language) });
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t("code.file")}</dt>
        <dd>
          <bdi>{path}</bdi>
        </dd>
        <dt>{t("code.size")}</dt>
        <dd>{bytes(size)}</dd>
        <dt>SHA-256</dt>
        <dd className={classes.hash}>{sha256}</dd>
        <dt>{t("code.imports")}</dt>
        <dd>
          {imports.length === 0 ? (
            t("code.importsNone")
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by the keyboard.
            <ul className={classes.imports} tabIndex={0} aria-label={t("code.imports")}>
              {imports.slice(0, MOST_SHOWN).map((each) => (
                <li key={each.path}>
                  <bdi>{each.path}</bdi> <span className={classes.small}>{bytes(each.size)}</span>
                </li>
              ))}
              {imports.length > MOST_SHOWN && <li>{t("data.more", { count: imports.length - MOST_SHOWN })}</li>}
            </ul>
          )}
        </dd>
      </dl>
      <h3 className={classes.heading}>{t("code.can")}</h3>
      <ul className={classes.list}>
        {reads.map((each) => (
          <li key={each}>
            {t("code.canRead")} <bdi className={classes.path}>{each}</bdi>
          </li>
        ))}
        {CAN.map((name) => (
          <li key={name}>{t(`code.canDo.${name}`)}</li>
        ))}
      </ul>
      <h3 className={classes.heading}>{t("code.cannot")}</h3>
      <ul className={classes.list}>
        {CANNOT.map((name) => (
          <li key={name}>{t(`code.cannotDo.${name}`)}</li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt="sm">
        {t("code.lasting")}
      </Text>
    </>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const problems = faultOf(error)?.problems ?? [];
  return (
    <div role="alert" className={classes.failure}>
      {problems.length > 0 ? (
        <ProblemText problems={problems} withPlace />
      ) : (
        <Text size="sm">{error instanceof Error ? error.message : t("app.unexpected")}</Text>
      )}
    </div>
  );
}
