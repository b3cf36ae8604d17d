/** An error of the studio, shown in place: what was expected, what was received, and the remedy. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../shared/contract/faults.ts";
import { describeProblem, type Problem } from "../../shared/kit/fault.ts";
import { inLanguage, type Text as Said } from "../../shared/kit/words.ts";
import { AllowCode } from "../ui/AllowCode.tsx";
import figures from "../ui/figures.module.css";
import classes from "./source.module.css";

interface FaultTextProps {
  readonly error: unknown;
  /** Called after a permission has solved the problem. */
  readonly onAllowed?: ((path: string) => void) | undefined;
}

export function FaultText({ error, onAllowed }: FaultTextProps) {
  const { t } = useTranslation();
  const fault = faultOf(error);
  if (fault !== null) return <ProblemCards problems={fault.problems} onAllowed={onAllowed} />;
  return (
    <Text size="sm" c="var(--descent-bad)">
      {error instanceof Error ? error.message : t("app.unexpected")}
    </Text>
  );
}

interface ProblemCardsProps {
  readonly problems: readonly Problem[];
  readonly onAllowed?: ((path: string) => void) | undefined;
}

export function ProblemCards({ problems, onAllowed }: ProblemCardsProps) {
  const { t, i18n } = useTranslation();
  const said = (text: Said) => inLanguage(text, i18n.language);
  return problems.map((problem) => (
    <div key={describeProblem(problem)} className={classes.fault}>
      <bdi>
        <b>{problem.place}</b>
      </bdi>
      <dl className={figures.pair}>
        <dt>{t("data.import.expected")}</dt>
        <dd>
          <bdi>{said(problem.expected)}</bdi>
        </dd>
        <dt>{t("data.import.received")}</dt>
        <dd>
          <bdi>{said(problem.received)}</bdi>
        </dd>
        <dt>{t("data.import.remedy")}</dt>
        <dd>
          <bdi>{said(problem.remedy)}</bdi>
        </dd>
      </dl>
      <AllowCode problem={problem} onAllowed={onAllowed} />
    </div>
  ));
}
