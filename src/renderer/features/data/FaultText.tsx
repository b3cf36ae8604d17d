/** What the studio refused and why, in place: what was expected, what came, and what to do. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../../shared/contract/faults.ts";
import type { Problem } from "../../../shared/kit/fault.ts";
import classes from "./data.module.css";

export function FaultText({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const fault = faultOf(error);
  if (fault !== null) return <ProblemCards problems={fault.problems} />;
  return (
    <Text size="sm" c="var(--descent-bad)">
      {error instanceof Error ? error.message : t("app.unexpected")}
    </Text>
  );
}

export function ProblemCards({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation();
  return problems.map(({ place, expected, received, remedy }) => (
    <div key={`${place} ${expected}`} className={classes.fault} lang="en">
      <b>{place}</b>
      <dl className={classes.pair}>
        <dt>{t("data.import.expected")}</dt>
        <dd>{expected}</dd>
        <dt>{t("data.import.received")}</dt>
        <dd>{received}</dd>
        <dt>{t("data.import.remedy")}</dt>
        <dd>{remedy}</dd>
      </dl>
    </div>
  ));
}
