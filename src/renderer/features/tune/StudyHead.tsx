/** The head of a study: its name, its state, the best so far, the time left, and the buttons for the study as a whole. */
import { ActionIcon, Button, Menu, Progress } from "@mantine/core";
import { IconArrowLeft, IconCopy, IconDotsVertical, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockText, durationText } from "../../../shared/text/durations.ts";
import { attempt } from "../../api/actions.tsx";
import { removeStudy, renameStudy, toggleStudy } from "../../api/studyActions.ts";
import { hrefOf } from "../../app/route.ts";
import { useWords } from "../../catalog/useWords.ts";
import { announce } from "../../ui/Announcer.tsx";
import { NameField } from "../../ui/NameField.tsx";
import { openStudy } from "./openStudy.ts";
import { StudyBadge } from "./StudyBadge.tsx";
import classes from "./tune.module.css";
import { useSettingTitle } from "./useSettingTitle.ts";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

export function StudyHead() {
  const { t } = useTranslation();
  const words = useWords();
  const text = useText();
  const settingTitle = useSettingTitle();
  const { detail, open, byNumber } = useView();
  const [naming, setNaming] = useState(false);
  const { id, name, status, counts, trials, best, remainingMs, reason, activeMs, objectives, study } = detail;
  const done = counts.completed + counts.pruned + counts.failed + counts.stopped;
  const first = objectives[0];
  const running = status === "running";
  return (
    <header className={classes.head}>
      <ActionIcon component="a" href={hrefOf({ screen: "tune", study: null })} variant="subtle" color="gray" size={26} aria-label={t("tune.back")}>
        <IconArrowLeft size={15} aria-hidden />
      </ActionIcon>
      {naming ? (
        <NameField
          name={name}
          label={t("tune.name")}
          width={220}
          onDone={(next) => {
            setNaming(false);
            if (next !== null) void renameStudy(id, next);
          }}
        />
      ) : (
        <h1>{name}</h1>
      )}
      <StudyBadge status={status} />
      <div className={classes.progress}>
        <Progress value={trials === 0 ? 0 : (100 * done) / trials} size="sm" aria-label={t("tune.progress")} />
        <span className="tabular">
          {t("tune.ofTrials", { done, all: trials })}
          {counts.running > 0 && ` · ${t("tune.runningCount", { count: counts.running })}`}
          {` · ${durationText(activeMs)}`}
          {running && remainingMs !== null && ` · ${t("tune.left", { time: clockText(remainingMs) })}`}
        </span>
      </div>
      <span className={classes.reason} title={reason === null ? undefined : words.of(reason)}>
        {settingTitle("sampler", study.sampler.type)} · {settingTitle("pruner", study.pruner.type)}
      </span>
      {best !== null && first !== undefined && byNumber.has(best.number) && (
        <Button size="compact-sm" variant="default" className="tabular" onClick={() => open(best.number)}>
          {t("tune.bestIs", { value: text.objective(first, best.values[0]), number: best.number })}
        </Button>
      )}
      <div style={{ flex: 1 }} />
      {status !== "completed" && (
        <Button
          size="compact-sm"
          leftSection={running ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
          onClick={() => void toggleStudy(detail)}
        >
          {running ? t("tune.pause") : t("tune.resume")}
        </Button>
      )}
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size={26} aria-label={t("tune.more")}>
            <IconDotsVertical size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setNaming(true)}>
            {t("tune.rename")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={14} />}
            onClick={() =>
              void attempt(async () => {
                await navigator.clipboard.writeText(JSON.stringify(study, null, 2));
                announce(t("tune.said.copied"));
              })
            }
          >
            {t("tune.copyJson")}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => openStudy(study)}>
            {t("tune.asNew")}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => void removeStudy(detail)}>
            {t("tune.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
