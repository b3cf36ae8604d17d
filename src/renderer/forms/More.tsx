/** The rarely used fields of a section or a group, behind a line that opens them and summarizes changes and problems among them. */
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { formatPath } from "../../shared/recipe/fields.ts";
import { changesWithin } from "./changed.ts";
import { ProblemsContext } from "./context.ts";
import type { Leaf } from "./fieldList.ts";
import classes from "./form.module.css";
import { problemsWithin } from "./problems.ts";
import { useFold } from "./useFold.ts";

interface MoreProps {
  /** The fields below the line. */
  readonly leaves: readonly Leaf[];
  /** The key under which the open state is stored; not stored if absent. */
  readonly keep?: string;
  readonly children: ReactNode;
}

export function More({ leaves, keep, children }: MoreProps) {
  const { t } = useTranslation();
  const id = useId();
  const all = useContext(ProblemsContext);
  const changed = leaves.reduce((sum, { path, schema, value, required }) => sum + changesWithin(path, schema, value, required).length, 0);
  const problems = leaves.reduce((sum, { path }) => sum + problemsWithin(all, path).length, 0);
  const [open, setOpen] = useFold({ places: leaves.map(({ path }) => formatPath(path)), initially: changed > 0, keep });
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.more}>
      <button type="button" data-help className={classes.fold} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Chevron size={14} aria-hidden />
        {t("form.more", { count: leaves.length })}
        {changed > 0 && <span className={classes.count}>{t("form.changed", { count: changed })}</span>}
        {problems > 0 && (
          <span className={classes.bad}>
            <IconAlertTriangle size={13} aria-hidden /> {t("recipe.problems", { count: problems })}
          </span>
        )}
      </button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
