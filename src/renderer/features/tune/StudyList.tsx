/** All studies, and the starter studies that begin with one click. */
import { Button, Loader, Text } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { StudySummary } from "../../../shared/contract/studies.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { DASH, digitsText } from "../../../shared/text/numbers.ts";
import { useStudies } from "../../api/studies.ts";
import { hrefOf } from "../../app/route.ts";
import { FaultText } from "../../source/FaultText.tsx";
import figures from "../../ui/figures.module.css";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { StarterStudies } from "./StarterStudies.tsx";
import { StudyBadge } from "./StudyBadge.tsx";
import classes from "./tune.module.css";
import { useSettingTitle } from "./useSettingTitle.ts";

export function StudyList() {
  const { t } = useTranslation();
  const { data: studies, error } = useStudies();
  return (
    <div className={classes.listScreen}>
      <div className={classes.listHead}>
        <h1>{t("tune.title")}</h1>
        <Button
          component="a"
          href={hrefOf({ screen: "workbench", run: null })}
          size="compact-sm"
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}
        >
          {t("tune.fromRecipe")}
        </Button>
      </div>
      {error !== null && studies === undefined && <FaultText error={error} />}
      {studies === undefined && error === null && <Loader size="sm" aria-label={t("tune.loading")} />}
      {studies !== undefined && studies.length > 0 && <Studies studies={studies} />}
      {studies !== undefined && studies.length === 0 && (
        <div className={classes.empty}>
          <h2>{t("tune.emptyTitle")}</h2>
          <Text size="sm" c="dimmed">
            {t("tune.emptyText")}
          </Text>
        </div>
      )}
      {studies !== undefined && <StarterStudies />}
    </div>
  );
}

const COLUMNS = ["name", "status", "dataset", "trials", "best", "sampler", "time", "started"] as const;

function Studies({ studies }: { readonly studies: readonly StudySummary[] }) {
  const { t } = useTranslation();
  const title = useSettingTitle();
  return (
    <div className={figures.scroll}>
      <table className={`${figures.figures} ${classes.studies}`}>
        <caption className="visually-hidden">{t("tune.title")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`tune.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <tr key={study.id} data-study={study.id}>
              <td>
                <a href={hrefOf({ screen: "tune", study: study.id })}>{study.name}</a>
              </td>
              <td>
                <StudyBadge status={study.status} />
              </td>
              <td>{study.dataset}</td>
              <td>{t("tune.ofTrials", { done: endedOf(study), all: study.trials })}</td>
              <td>
                {study.best === null
                  ? t("tune.noBest")
                  : t("tune.bestOf", {
                      number: study.best.number,
                      value: study.best.values.map((value) => (value === null ? DASH : digitsText(value, 4))).join(", "),
                    })}
              </td>
              <td>{title("sampler", study.sampler)}</td>
              <td>{durationText(study.activeMs)}</td>
              <td>
                <RelativeTime atMs={study.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Trials that have ended, whatever came of them. */
function endedOf({ counts }: StudySummary): number {
  return counts.completed + counts.pruned + counts.failed + counts.stopped;
}
