/** Fields of a source that are detected unless set, in a collapsible part. It starts open if one is set, and stays open while one is wrong. */
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useContext, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemsContext } from "../forms/context.ts";
import form from "../forms/form.module.css";
import { getAt } from "../forms/path.ts";
import { problemsWithin } from "../forms/problems.ts";
import classes from "./source.module.css";
import { SOURCE_PATH } from "./sourceFields.ts";

interface MoreFieldsProps {
  readonly names: readonly string[];
  readonly source: unknown;
  readonly children: ReactNode;
}

export function MoreFields({ names, source, children }: MoreFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  const [asked, setAsked] = useState(() => names.some((name) => getAt(source, [name]) !== undefined));
  const problems = useContext(ProblemsContext);
  const invalid = names.some((name) => problemsWithin(problems, [...SOURCE_PATH, name]).length > 0);
  const open = invalid || asked;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.more}>
      <button type="button" className={form.fold} aria-expanded={open} aria-controls={id} onClick={() => setAsked(!open)}>
        <Chevron size={14} aria-hidden />
        {t("data.source.more", { count: names.length })}
      </button>
      <div id={id} className={form.group} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
