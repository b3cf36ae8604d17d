/** What is wrong with a field, in the words that the command line uses. */
import type { Problem } from "../../shared/kit/fault.ts";
import { AllowCode } from "../ui/AllowCode.tsx";
import classes from "./form.module.css";

/** The sentence without its place, which the field itself is. */
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
