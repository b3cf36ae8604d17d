/** The problems of the data, each with its remedy and its samples. All of them can be saved as a file. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { inLanguage } from "../../../shared/kit/words.ts";
import { saveProblems } from "../../api/datasets.ts";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { ProblemItem } from "./ProblemItem.tsx";
import { SEVERITIES, sortProblems } from "./problemItems.ts";
import problems from "./problems.module.css";
import { Section } from "./Section.tsx";
import { Suspects } from "./Suspects.tsx";

export function ProblemsSection({ inspection, name }: { readonly inspection: Inspection; readonly name: string }) {
  const { t } = useTranslation();
  const { source } = usePage();
  const found = sortProblems(inspection.problems);
  const counts = SEVERITIES.map((severity) => ({ severity, count: found.filter((problem) => problem.severity === severity).length })).filter(
    ({ count }) => count > 0,
  );
  return (
    <Section
      name="problems"
      title={t("data.problems.title")}
      tools={
        <>
          <span className={classes.note}>{counts.map(({ severity, count }) => t(`data.problems.${severity}`, { count })).join(" · ")}</span>
          <div className={classes.spacer} />
          {found.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              title={t("data.problems.saveTitle")}
              leftSection={<IconDownload size={13} aria-hidden />}
              onClick={() => void saveProblems(source, name)}
            >
              {t("data.problems.save")}
            </Button>
          )}
        </>
      }
    >
      {found.length === 0 ? (
        <p className={classes.note} style={{ margin: 0 }}>
          {t(inspection.exact ? "data.problems.none" : "data.problems.soFar")}
        </p>
      ) : (
        <ul className={problems.list}>
          {found.map((problem) => (
            <ProblemItem key={`${problem.kind} ${inLanguage(problem.title, "en")}`} problem={problem} />
          ))}
        </ul>
      )}
      <Suspects />
    </Section>
  );
}
