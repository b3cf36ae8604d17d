/** One row of a form: the label with its help, the control, a button to reset the default, and the error message. */
import { ActionIcon } from "@mantine/core";
import { IconRotate } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { ProblemsContext, useForm } from "./context.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import { ProblemText } from "./ProblemText.tsx";
import type { Path } from "./path.ts";
import { problemsWithin } from "./problems.ts";
import { useValueText } from "./valueText.ts";

/** Attributes that connect a control to its label and its message. */
export interface ControlTies {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FieldRowProps {
  /** The path that problems name. */
  readonly path: Path;
  /** The path of the field that the button resets to its default. */
  readonly owner?: Path;
  readonly title: string;
  readonly schema: FieldSchema;
  readonly changed: boolean;
  readonly children: (ties: ControlTies) => ReactNode;
}

export function FieldRow({ path, owner = path, title, schema, changed, children }: FieldRowProps) {
  const { t } = useTranslation();
  const form = useForm();
  const text = useValueText();
  const id = useId();
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const invalid = problems.length > 0;
  const reset = t("form.reset", { field: title, value: text(schema, schema.default) });
  return (
    <div className={classes.row} data-place={formatPath(path)} data-changed={changed || undefined}>
      <div className={classes.label}>
        {form.tick !== undefined && <form.tick.Box path={path} schema={schema} title={title} />}
        <label htmlFor={id}>{title}</label>
        {changed && <span className="visually-hidden">({t("form.isChanged")})</span>}
        <Help title={title} schema={schema} />
      </div>
      <div className={classes.control}>{children({ id, "aria-invalid": invalid, "aria-describedby": invalid ? `${id}-message` : undefined })}</div>
      <div className={classes.reset}>
        {changed && !form.readOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={18}
            data-help
            aria-label={reset}
            title={reset}
            onClick={() => {
              form.set(owner, schema.default);
              document.getElementById(id)?.focus();
            }}
          >
            <IconRotate size={13} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {form.tick !== undefined && (
        <div className={classes.below}>
          <form.tick.Range path={path} schema={schema} title={title} />
        </div>
      )}
      {invalid && (
        // Placed over the content below, so that nothing moves while the user types.
        <div className={classes.overlay}>
          <ProblemText id={`${id}-message`} problems={problems} />
        </div>
      )}
    </div>
  );
}
