/** The problems of a field, as the command line says them, in the language of the window. */
import { useTranslation } from "react-i18next";
import { describeProblem, type Problem, problemLine, problemSentence } from "../../shared/kit/fault.ts";
import { AllowCode } from "../ui/AllowCode.tsx";
import classes from "./form.module.css";

export function ProblemText({
  id,
  problems,
  withPlace = false,
}: {
  readonly id?: string;
  readonly problems: readonly Problem[];
  readonly withPlace?: boolean;
}) {
  const { language } = useTranslation().i18n;
  if (problems.length === 0) return null;
  return (
    <div id={id}>
      {problems.map((problem) => (
        <div key={describeProblem(problem)}>
          <p className={classes.message} data-problem={problem.place}>
            <bdi>{withPlace ? problemLine(problem, language) : problemSentence(problem, language)}</bdi>
          </p>
          <AllowCode problem={problem} />
        </div>
      ))}
    </div>
  );
}
