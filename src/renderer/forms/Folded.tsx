/** Fields that few people need, behind a line that opens them. They are open at first where something is set, and always where something is wrong. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useContext, useId, useState } from "react";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { ProblemsContext } from "./context.ts";
import classes from "./form.module.css";
import { Help } from "./Help.tsx";
import type { Path } from "./path.ts";
import { problemsWithin } from "./problems.ts";

interface FoldedProps {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly children: ReactNode;
}

export function Folded({ path, schema, value, children }: FoldedProps) {
  const id = useId();
  const [asked, setAsked] = useState<boolean | null>(null);
  const invalid = problemsWithin(useContext(ProblemsContext), path).length > 0;
  const open = invalid || (asked ?? value !== undefined);
  const title = useWords().title(schema, path.at(-1) ?? "");
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <div className={classes.label}>
        <button type="button" className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setAsked(!open)}>
          <Chevron size={14} aria-hidden />
          {title}
        </button>
        <Help title={title} schema={schema} />
      </div>
      <div id={id} className={classes.group} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
