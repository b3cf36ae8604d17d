/** The queue: which runs wait, in which order they will start. They can be moved, taken out one by one, or all at once. */
import { ActionIcon, Button, Modal, Text } from "@mantine/core";
import { IconListNumbers, IconPlayerPause } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../../shared/contract/runs.ts";
import { tellError } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { MoveButtons } from "../../ui/MoveButtons.tsx";
import styles from "./chooser.module.css";

/** @param runs all runs of the list: those that wait decide when the queue is read again */
export function QueueButton({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [said, setSaid] = useState("");
  const waiting = runs.filter(({ status }) => status === "queued");
  const { data: queue = [], refetch } = useQuery({
    queryKey: ["queue", waiting.map(({ id }) => id).join()],
    queryFn: () => client.runs.queue(),
    enabled: opened,
    placeholderData: (former) => former,
  });
  const own = queue.flatMap(({ id }) => waiting.find((run) => run.id === id) ?? []);
  const trials = queue.length - own.length;
  const change = (work: () => Promise<unknown>, text: string) =>
    void work()
      .then(() => refetch())
      .then(() => setSaid(text))
      .catch(tellError);
  const move = (run: RunSummary, place: number) => {
    const others = own.filter(({ id }) => id !== run.id).map(({ id }) => id);
    change(
      () => client.runs.reorder({ ids: others.toSpliced(place, 0, run.id) }),
      t("runs.queue.moved", { name: run.name, place: place + 1, count: own.length }),
    );
  };
  if (waiting.length === 0 && !opened) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<IconListNumbers size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {t("runs.queue.button", { count: waiting.length })}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("runs.queue.title")}
        size={480}
        closeButtonProps={{ "aria-label": t("app.close") }}
        classNames={{ body: styles.panel }}
      >
        <div className={styles.head}>
          <Text size="xs" c="dimmed">
            {t("runs.queue.text")}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            flex="none"
            disabled={own.length === 0}
            onClick={() => change(() => client.runs.emptyQueue(), t("runs.queue.emptied", { count: own.length }))}
          >
            {t("runs.queue.pauseAll")}
          </Button>
        </div>
        {own.length === 0 ? (
          <Text size="sm">{t("runs.queue.nothing")}</Text>
        ) : (
          <ul className={styles.list} aria-label={t("runs.queue.title")}>
            {own.map((run, place) => (
              <li key={run.id} className={styles.item}>
                <span className={`${styles.words} ${styles.waiting}`}>
                  {place + 1}. {run.name} <small>{run.id}</small>
                </span>
                <MoveButtons
                  place={place}
                  count={own.length}
                  up={t("runs.queue.earlier", { name: run.name })}
                  down={t("runs.queue.later", { name: run.name })}
                  onMove={(to) => move(run, to)}
                />
                <ActionIcon
                  size={22}
                  variant="subtle"
                  color="gray"
                  aria-label={t("runs.queue.pause", { name: run.name })}
                  onClick={() => change(() => client.runs.pause({ id: run.id }), t("runs.queue.paused", { name: run.name }))}
                >
                  <IconPlayerPause size={13} aria-hidden />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        {trials > 0 && (
          <Text size="xs" c="dimmed">
            {t("runs.queue.trials", { count: trials })}
          </Text>
        )}
        <div role="status" className="visually-hidden">
          {said}
        </div>
      </Modal>
    </>
  );
}
