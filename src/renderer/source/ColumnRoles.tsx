/** How each column of a table is used and read: used or ignored, numeric or categorical, one line per column. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../../shared/kit/words.ts";
import { ProblemsContext, useForm } from "../forms/context.ts";
import { ProblemText } from "../forms/ProblemText.tsx";
import { setAt } from "../forms/path.ts";
import { problemsWithin } from "../forms/problems.ts";
import figures from "../ui/figures.module.css";
import { ignoredOf, isUsed, KINDS, kindsOf, type SeenColumn, withKind, withUse } from "./columnRoles.ts";
import classes from "./source.module.css";
import { SOURCE_PATH } from "./sourceFields.ts";

interface ColumnRolesProps {
  readonly source: unknown;
  readonly columns: readonly SeenColumn[];
}

const IGNORE = [...SOURCE_PATH, "ignore"];
const OF_KINDS = [...SOURCE_PATH, "kinds"];

export function ColumnRoles({ source, columns }: ColumnRolesProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const form = useForm();
  const problems = useContext(ProblemsContext);
  const [ignored, kinds] = [ignoredOf(source), kindsOf(source)];
  const target = typeof source === "object" && source !== null ? Reflect.get(source, "target") : undefined;
  return (
    <div>
      <h3 style={{ marginTop: 10 }}>{t("data.columns.title")}</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a table is no fieldset */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard */}
      <div className={classes.roles} role="group" tabIndex={0} aria-label={t("data.columns.title")} data-place="data.source.kinds">
        <table className={figures.figures}>
          <thead>
            <tr>
              <th scope="col">{t("data.columns.name")}</th>
              <th scope="col">{t("data.import.use")}</th>
              <th scope="col">{t("data.columns.kind")}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => {
              const { name, guess, leftOut } = column;
              const isTarget = name === target;
              const used = isUsed(column, ignored, kinds);
              const reason = leftOut === null || isTarget ? null : inLanguage(leftOut.reason, i18n.language);
              return (
                <tr key={name}>
                  <th scope="row" title={name}>
                    {name}
                  </th>
                  <td>
                    {isTarget ? (
                      t("data.columns.roles.target")
                    ) : (
                      <Checkbox
                        size="xs"
                        aria-label={t("data.import.useColumn", { name })}
                        checked={used}
                        disabled={leftOut?.takeIn === null}
                        aria-describedby={reason === null ? undefined : `${id}-${name}`}
                        onChange={(event) => {
                          const next = withUse(column, event.currentTarget.checked, ignored, kinds);
                          form.set(SOURCE_PATH, setAt(setAt(source, ["ignore"], next.ignore), ["kinds"], next.kinds));
                        }}
                      />
                    )}
                  </td>
                  <td>
                    {reason !== null && (
                      <p id={`${id}-${name}`} className={classes.reason}>
                        {reason}
                      </p>
                    )}
                    {isTarget || !used ? (
                      reason === null && "–"
                    ) : (
                      <NativeSelect
                        size="xs"
                        aria-label={t("data.import.kindOf", { name })}
                        value={kinds[name] ?? ""}
                        data={[
                          ...(leftOut !== null
                            ? []
                            : [
                                {
                                  value: "",
                                  label: guess === null ? t("data.import.guessed") : t("data.import.guessedAs", { kind: t(`data.columns.kinds.${guess}`) }),
                                },
                              ]),
                          ...KINDS.map((kind) => ({ value: kind, label: t(`data.columns.kinds.${kind}`) })),
                        ]}
                        onChange={(event) => form.set(OF_KINDS, withKind(kinds, name, event.currentTarget.value))}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <ProblemText problems={[...problemsWithin(problems, IGNORE), ...problemsWithin(problems, OF_KINDS)]} />
    </div>
  );
}
