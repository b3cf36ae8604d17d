/** What each column of a table is for and how it is read: used or ignored, numbers or categories, a line a column. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { ProblemsContext, useForm } from "../forms/context.ts";
import { ProblemText } from "../forms/ProblemText.tsx";
import { problemsWithin } from "../forms/problems.ts";
import figures from "../ui/figures.module.css";
import { ignoredOf, kindsOf, type SeenColumn, withIgnored, withKind } from "./columnRoles.ts";
import classes from "./source.module.css";
import { SOURCE_PATH } from "./sourceFields.ts";

interface ColumnRolesProps {
  readonly source: unknown;
  readonly columns: readonly SeenColumn[];
}

const IGNORE = [...SOURCE_PATH, "ignore"];
const KINDS = [...SOURCE_PATH, "kinds"];

export function ColumnRoles({ source, columns }: ColumnRolesProps) {
  const { t } = useTranslation();
  const form = useForm();
  const problems = useContext(ProblemsContext);
  const [ignored, kinds] = [ignoredOf(source), kindsOf(source)];
  const target = typeof source === "object" && source !== null ? Reflect.get(source, "target") : undefined;
  return (
    <div>
      <h3 style={{ marginTop: 10 }}>{t("data.columns.title")}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll is reached by the keyboard */}
      <section className={classes.roles} tabIndex={0} aria-label={t("data.columns.title")} data-place="data.source.kinds">
        <table className={figures.figures}>
          <thead>
            <tr>
              <th scope="col">{t("data.columns.name")}</th>
              <th scope="col">{t("data.import.use")}</th>
              <th scope="col">{t("data.columns.kind")}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, guess }) => {
              const isTarget = name === target;
              const isUsed = !ignored.includes(name);
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
                        checked={isUsed}
                        onChange={(event) => form.set(IGNORE, withIgnored(ignored, name, !event.currentTarget.checked))}
                      />
                    )}
                  </td>
                  <td>
                    {isTarget || !isUsed ? (
                      "–"
                    ) : (
                      <NativeSelect
                        size="xs"
                        aria-label={t("data.import.kindOf", { name })}
                        value={kinds[name] ?? ""}
                        data={[
                          {
                            value: "",
                            label: guess === null ? t("data.import.guessed") : t("data.import.guessedAs", { kind: t(`data.columns.kinds.${guess}`) }),
                          },
                          { value: "numeric", label: t("data.columns.kinds.numeric") },
                          { value: "categorical", label: t("data.columns.kinds.categorical") },
                          { value: "time", label: t("data.columns.kinds.time") },
                        ]}
                        onChange={(event) => form.set(KINDS, withKind(kinds, name, event.currentTarget.value))}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <ProblemText problems={[...problemsWithin(problems, IGNORE), ...problemsWithin(problems, KINDS)]} />
    </div>
  );
}
