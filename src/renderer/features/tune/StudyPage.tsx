/** A study: what it does now, the plots of its trials, and the table that all of them are linked with. */
import { Loader, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudy, useTrialCurves, useTrials } from "../../api/studies.ts";
import { toggleStudy } from "../../api/studyActions.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { FaultText } from "../../source/FaultText.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { everything } from "./model/selection.ts";
import { AnyTwo } from "./plots/AnyTwo.tsx";
import { BestSoFar } from "./plots/BestSoFar.tsx";
import { Distribution } from "./plots/Distribution.tsx";
import { ImportanceBars } from "./plots/ImportanceBars.tsx";
import { Parallel } from "./plots/Parallel.tsx";
import { Slices } from "./plots/Slices.tsx";
import { Timeline } from "./plots/Timeline.tsx";
import { TrialCurves } from "./plots/TrialCurves.tsx";
import { SteerPane } from "./SteerPane.tsx";
import { StudyHead } from "./StudyHead.tsx";
import { TrialPanel } from "./TrialPanel.tsx";
import { TrialTable } from "./TrialTable.tsx";
import classes from "./tune.module.css";
import { useStudyKeys } from "./useStudyKeys.ts";
import { useTuneView } from "./useTuneView.ts";
import { useView, ViewContext } from "./view.ts";
import { WinnerPane } from "./WinnerPane.tsx";

/** Why the study ended without all its trials. */
function Ended() {
  const { problems } = useView().detail;
  return problems.length === 0 ? null : (
    <div className={classes.filters}>
      <ProblemText problems={problems} withPlace />
    </div>
  );
}

const TABS = ["watch", "understand", "steer", "winner"] as const;
type Tab = (typeof TABS)[number];

export function StudyPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data: detail, error } = useStudy(id);
  const { data: trials } = useTrials(id, detail?.status);
  const { data: curves } = useTrialCurves(id, detail?.status);
  const view = useTuneView(detail, trials?.trials, curves);
  const [tab, setTab] = useState<Tab>("watch");
  useStudyKeys({
    onToggle: () => detail !== undefined && void toggleStudy(detail),
    onView: (index) => setTab(TABS[index] ?? "watch"),
    onSelectAll: () => view?.select(everything),
  });
  if (error !== null && detail === undefined)
    return (
      <div className={classes.listScreen}>
        <h1 className="visually-hidden">{t("tune.title")}</h1>
        <FaultText error={error} />
      </div>
    );
  if (view === null)
    return (
      <div className={classes.listScreen}>
        <h1 className="visually-hidden">{t("tune.title")}</h1>
        <Loader size="sm" aria-label={t("tune.loading")} />
      </div>
    );
  return (
    <ViewContext value={view}>
      <div className={classes.page}>
        <StudyHead />
        <FilterBar />
        <Ended />
        <div className={classes.columns}>
          <section className={classes.plots} aria-label={t("tune.plots")}>
            <SegmentedControl
              size="xs"
              className={classes.tabs}
              aria-label={t("tune.tabs")}
              value={tab}
              onChange={(next) => setTab(TABS.find((each) => each === next) ?? "watch")}
              data={TABS.map((each) => ({ value: each, label: t(`tune.tab.${each}`) }))}
            />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
            <section className={classes.scroll} tabIndex={0} aria-label={t(`tune.tab.${tab}`)}>
              {tab === "watch" && (
                <>
                  <BestSoFar />
                  <TrialCurves />
                  <Timeline />
                </>
              )}
              {tab === "understand" && (
                <>
                  <Parallel />
                  <ImportanceBars />
                  <Slices />
                  <AnyTwo />
                  <Distribution />
                </>
              )}
              {tab === "steer" && <SteerPane />}
              {tab === "winner" && <WinnerPane />}
            </section>
          </section>
          <section className={classes.side} aria-label={t("tune.trials")}>
            <TrialTable />
            <TrialPanel />
          </section>
        </div>
      </div>
    </ViewContext>
  );
}
