/** One line of a form: the label with its help, the control, and what is wrong with it. */
import type { ReactNode } from "react";
import { useContext, useId } from "react";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { ProblemsContext } from "./context.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import { ProblemText } from "./ProblemText.tsx";
import type { Path } from "./path.ts";
import { problemsWithin } from "./problems.ts";

/** What a control needs to be tied to its label and its message. */
export interface ControlTies {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FieldRowProps {
  readonly path: Path;
  readonly title: string;
  readonly schema: FieldSchema;
  readonly children: (ties: ControlTies) => ReactNode;
}

export function FieldRow({ path, title, schema, children }: FieldRowProps) {
  const id = useId();
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const invalid = problems.length > 0;
  return (
    <div className={classes.row} data-place={formatPath(path)}>
      <div className={classes.label}>
        <label htmlFor={id}>{title}</label>
        <Help title={title} schema={schema} />
      </div>
      <div>
        {children({ id, "aria-invalid": invalid, "aria-describedby": invalid ? `${id}-message` : undefined })}
        <ProblemText id={`${id}-message`} problems={problems} />
      </div>
    </div>
  );
}
