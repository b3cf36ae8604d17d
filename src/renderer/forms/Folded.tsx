/** Rarely needed fields, behind a line that opens them. They are open at first if something is set or wrong. */
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { type FieldSchema, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { ProblemsContext } from "./context.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import type { Path } from "./path.ts";
import { problemsWithin } from "./problems.ts";
import { useFold } from "./useFold.ts";

interface FoldedProps {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly children: ReactNode;
}

export function Folded({ path, schema, value, children }: FoldedProps) {
  const { t } = useTranslation();
  const id = useId();
  const invalid = problemsWithin(useContext(ProblemsContext), path).length > 0;
  const [open, setOpen] = useFold({ places: [formatPath(path)], initially: value !== undefined || invalid });
  const title = useWords().title(schema, path.at(-1) ?? "");
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <div className={classes.label}>
        <button type="button" className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Chevron size={14} aria-hidden />
          {title}
          {invalid && !open && <IconAlertTriangle size={13} className={classes.bad} aria-label={t("form.hasProblem")} />}
        </button>
        <Help title={title} schema={schema} />
      </div>
      <div id={id} className={classes.group} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
