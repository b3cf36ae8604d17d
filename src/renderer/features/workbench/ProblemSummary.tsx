/** How many problems the recipe has, all of them in words, each a jump to its field. Says "ready" where there is none. Warnings follow. */
import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../../shared/kit/fault.ts";
import { formatBytes, type MemoryEstimate } from "../../../shared/recipe/memory.ts";
import { sentenceOf } from "../../forms/ProblemText.tsx";
import { AllowCode } from "../../ui/AllowCode.tsx";
import classes from "./recipe.module.css";

interface ProblemSummaryProps {
  readonly problems: readonly Problem[];
  /** What keeps nothing from starting. */
  readonly warnings: readonly Problem[];
  readonly current: boolean;
  /** What the training would take; null where it is not known. */
  readonly memory: MemoryEstimate | null;
  readonly onReveal: (place: string) => void;
}

export function ProblemSummary({ problems, warnings, current, memory, onReveal }: ProblemSummaryProps) {
  const { t } = useTranslation();
  const first = problems[0];
  return (
    <div className={classes.summary} data-bad={first !== undefined || undefined}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap={5} wrap="nowrap" role="status">
          {first === undefined ? (
            <IconCircleCheck size={15} color="var(--descent-ok)" aria-hidden />
          ) : (
            <IconAlertTriangle size={15} color="var(--descent-bad)" aria-hidden />
          )}
          <Text size="xs" fw={600} c={first === undefined ? "var(--descent-ok)" : "var(--descent-bad)"}>
            {first !== undefined ? t("recipe.problems", { count: problems.length }) : current ? t("recipe.noProblems") : t("recipe.checking")}
          </Text>
        </Group>
        {first === undefined && memory !== null && (
          <Text size="xs" c="dimmed" title={t("recipe.memoryTitle")}>
            {t("recipe.memory", { size: formatBytes(memory.total) })}
          </Text>
        )}
        {first !== undefined && (
          <button type="button" className={classes.first} onClick={() => onReveal(first.place)}>
            {t("recipe.jump")}
          </button>
        )}
      </Group>
      <Jumps problems={problems} onReveal={onReveal} />
      {warnings.length > 0 && (
        <>
          <Text size="xs" fw={600} mt={4}>
            {t("recipe.warnings", { count: warnings.length })}
          </Text>
          <Jumps problems={warnings} onReveal={onReveal} />
        </>
      )}
    </div>
  );
}

function Jumps({ problems, onReveal }: Pick<ProblemSummaryProps, "problems" | "onReveal">) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.summaryList} lang="en">
      {problems.map((problem) => (
        <li key={`${problem.place} ${problem.expected}`}>
          <button type="button" className={classes.jump} onClick={() => onReveal(problem.place)}>
            <bdi>
              <b>{problem.place}</b>
            </bdi>
            : <bdi>{sentenceOf(problem)}</bdi>
          </button>
          <AllowCode problem={problem} />
        </li>
      ))}
    </ul>
  );
}
