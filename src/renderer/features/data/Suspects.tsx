/** Possible label errors: the samples with the largest loss in a finished run on this data. */
import { Loader, NativeSelect } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRun, useRuns } from "../../api/client.ts";
import { useSuspects } from "../../api/datasets.ts";
import { useRoute } from "../../app/route.ts";
import { FaultText } from "../../source/FaultText.tsx";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { ProblemItem } from "./ProblemItem.tsx";
import problems from "./problems.module.css";

export function Suspects() {
  const { t } = useTranslation();
  const { facts, source } = usePage();
  const { data: runs } = useRuns();
  const route = useRoute();
  const asked = route.screen === "data" ? (route.run ?? "") : "";
  const [run, setRun] = useState(asked);
  const place = useRef<HTMLDivElement>(null);
  const finished = runs?.filter(({ status, dataset }) => status === "completed" && dataset === facts.name) ?? [];
  const chosen = useRun(run === "" ? null : run).data;
  // Names are not unique, and sample numbers are valid for one source only.
  const isOther = chosen !== undefined && JSON.stringify(chosen.recipe.data.source) !== JSON.stringify(source);
  const { data, error, isFetching } = useSuspects(chosen === undefined || isOther ? null : run);
  const isAsked = asked !== "" && finished.length > 0;
  useEffect(() => {
    if (!isAsked) return;
    setRun(asked);
    place.current?.scrollIntoView({ block: "center" });
  }, [asked, isAsked]);
  if (finished.length === 0) return null;
  return (
    <>
      <div className={problems.suspects} ref={place}>
        <b>{t("data.problems.suspects")}</b>
        <NativeSelect
          size="xs"
          aria-label={t("data.problems.suspectsRun")}
          value={run}
          data={[{ value: "", label: t("data.problems.suspectsChoose") }, ...finished.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))]}
          onChange={(event) => setRun(event.currentTarget.value)}
        />
        {isFetching && <Loader size="xs" aria-label={t("data.problems.suspectsAsking")} />}
        <span className={classes.note}>{t("data.problems.suspectsText")}</span>
      </div>
      {isOther && (
        <p className={classes.note} role="status">
          {t("data.problems.suspectsOther")}
        </p>
      )}
      {error !== null && <FaultText error={error} />}
      {data !== undefined && run !== "" && (
        <ul className={problems.list}>
          <ProblemItem key={run} problem={data} />
        </ul>
      )}
    </>
  );
}
