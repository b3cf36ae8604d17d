/**
 * The number of problems in the recipe and the text of the first, in two lines of constant height, so that nothing moves while the user
 * types. A click lists all problems, then warnings; each entry jumps to its field. Shows "ready" if there is no problem.
 */
import { Text } from "@mantine/core";
import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { describeProblem, type Problem, problemSentence } from "../../../shared/kit/fault.ts";
import type { MemoryEstimate } from "../../../shared/recipe/memory.ts";
import { sizeText } from "../../../shared/text/sizes.ts";
import { AllowCode } from "../../ui/AllowCode.tsx";
import classes from "./recipe.module.css";

interface ProblemSummaryProps {
  readonly problems: readonly Problem[];
  /** Warnings, which do not block the start. */
  readonly warnings: readonly Problem[];
  readonly current: boolean;
  /** Memory the training would need; null if unknown. */
  readonly memory: MemoryEstimate | null;
  readonly onReveal: (place: string) => void;
}

export function ProblemSummary({ problems, warnings, current, memory, onReveal }: ProblemSummaryProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [first] = problems;
  const [told = null] = [...problems, ...warnings];
  const reveal = (place: string) => {
    setOpen(false);
    onReveal(place);
  };
  return (
    <div className={classes.summary} data-bad={first !== undefined || undefined} data-fixed>
      <div className={classes.summaryLine}>
        <span role="status" className={classes.state} data-bad={first !== undefined || undefined}>
          {first === undefined ? <IconCircleCheck size={15} aria-hidden /> : <IconAlertTriangle size={15} aria-hidden />}
          {first !== undefined ? t("recipe.problems", { count: problems.length }) : current ? t("recipe.noProblems") : t("recipe.checking")}
        </span>
        {warnings.length > 0 && <span>{t("recipe.warnings", { count: warnings.length })}</span>}
        {told !== null && (
          <button type="button" className={classes.first} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {t(open ? "form.fewerProblems" : "form.allProblems")}
            {open ? <IconChevronUp size={13} aria-hidden /> : <IconChevronDown size={13} aria-hidden />}
          </button>
        )}
        {first !== undefined && (
          <button type="button" className={classes.first} onClick={() => reveal(first.place)}>
            {t("recipe.jump")}
          </button>
        )}
      </div>
      {told !== null ? (
        <button type="button" className={classes.told} tabIndex={-1} onClick={() => reveal(told.place)}>
          <bdi>
            <b>{told.place}</b>: {problemSentence(told, i18n.language)}
          </bdi>
        </button>
      ) : (
        <Text size="xs" c="dimmed" title={t("recipe.memoryTitle")} className={classes.told}>
          {memory === null ? "" : t("recipe.memory", { size: sizeText(memory.total) })}
        </Text>
      )}
      <div id={id} className={classes.summaryList} hidden={!open}>
        {open && (
          <>
            <Jumps problems={problems} onReveal={reveal} />
            {warnings.length > 0 && (
              <Text size="xs" fw={600} mt={4}>
                {t("recipe.warnings", { count: warnings.length })}
              </Text>
            )}
            <Jumps problems={warnings} onReveal={reveal} />
          </>
        )}
      </div>
    </div>
  );
}

function Jumps({ problems, onReveal }: Pick<ProblemSummaryProps, "problems" | "onReveal">) {
  const { language } = useTranslation().i18n;
  if (problems.length === 0) return null;
  return (
    <ul>
      {problems.map((problem) => (
        <li key={describeProblem(problem)}>
          <button type="button" className={classes.jump} onClick={() => onReveal(problem.place)}>
            <bdi>
              <b>{problem.place}</b>
            </bdi>
            : <bdi>{problemSentence(problem, language)}</bdi>
          </button>
          <AllowCode problem={problem} />
        </li>
      ))}
    </ul>
  );
}
