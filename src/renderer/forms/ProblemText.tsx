/** The problems of a field, in the same words as on the command line. */
import type { Problem } from "../../shared/kit/fault.ts";
import { AllowCode } from "../ui/AllowCode.tsx";
import classes from "./form.module.css";

/** The message without its place, which the field itself shows. */
export function sentenceOf({ expected, received, remedy }: Problem): string {
  return `${expected}; received ${received}. ${remedy}`;
}

export function ProblemText({
  id,
  problems,
  withPlace = false,
}: {
  readonly id?: string;
  readonly problems: readonly Problem[];
  readonly withPlace?: boolean;
}) {
  if (problems.length === 0) return null;
  return (
    <div id={id} lang="en">
      {problems.map((problem) => (
        <div key={`${problem.place} ${problem.expected}`}>
          <p className={classes.message} data-problem={problem.place}>
            <bdi>{withPlace ? `${problem.place}: ${sentenceOf(problem)}` : sentenceOf(problem)}</bdi>
          </p>
          <AllowCode problem={problem} />
        </div>
      ))}
    </div>
  );
}
