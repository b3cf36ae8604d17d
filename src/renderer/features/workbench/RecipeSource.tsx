/** How a recipe reads its files: a short list of the settings, and a link to the import form. */
import { Button } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import type { DroppedFormatName } from "../../../shared/recipe/formats/index.ts";
import { useWords } from "../../catalog/useWords.ts";
import { ProblemsContext, useForm } from "../../forms/context.ts";
import { ProblemText } from "../../forms/ProblemText.tsx";
import { problemsWithin } from "../../forms/problems.ts";
import { droppedType, mainPath } from "../../source/bare.ts";
import { formatLabel } from "../../source/formatWords.ts";
import { SourceDialog } from "../../source/SourceDialog.tsx";
import { SOURCE_PATH, settingText, sourceFields } from "../../source/sourceFields.ts";
import { usePlaceText } from "../../source/usePlaceText.ts";
import figures from "../../ui/figures.module.css";
import { lastOfPath } from "../../ui/lastOfPath.ts";
import classes from "./recipe.module.css";

/** @param source of the recipe; nothing is shown if it reads no files */
export function RecipeSource({ source }: { readonly source: unknown }) {
  const type = droppedType(source);
  return type === null || !isRecord(source) ? null : <FileSource type={type} source={source} />;
}

function FileSource({ type, source }: { readonly type: DroppedFormatName; readonly source: Readonly<Record<string, unknown>> }) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const { readOnly, set } = useForm();
  const problems = problemsWithin(useContext(ProblemsContext), SOURCE_PATH);
  const placeText = usePlaceText();
  const [open, setOpen] = useState(false);
  const schemas = sourceFields(source)?.all ?? {};
  const settings = Object.entries(source).filter(([name]) => name !== "type");
  return (
    <div data-place="data.source" className={classes.source}>
      <dl className={figures.pair}>
        <dt>{t("data.source.format")}</dt>
        <dd>{formatLabel(type, i18n.language)}</dd>
        {settings.map(([name, value]) => (
          <Setting
            key={name}
            title={words.title(schemas[name] ?? {}, name)}
            text={typeof value === "string" ? placeText(value) : settingText(value, { yes: t("recipe.yes"), no: t("recipe.no") })}
          />
        ))}
      </dl>
      <ProblemText problems={problems} withPlace />
      {!readOnly && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconAdjustments size={13} aria-hidden />}
          title={t("data.source.changeTitle")}
          onClick={() => setOpen(true)}
        >
          {t("data.source.change")}
        </Button>
      )}
      {open && (
        <SourceDialog
          start={{ source, facts: null }}
          title={t("data.source.dialog", { name: lastOfPath(mainPath(source)) })}
          note={t("data.source.recipeOnly")}
          onChange={(next) => set(SOURCE_PATH, next)}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function Setting({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        <bdi>{text}</bdi>
      </dd>
    </>
  );
}
