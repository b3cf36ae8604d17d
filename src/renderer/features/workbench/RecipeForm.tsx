/** A recipe as sections of fields, all made from the recipe's schema. */
import { Text } from "@mantine/core";
import { useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../../shared/kit/fault.ts";
import { chosenAlternative, formatPath, isRecord, recipeFields } from "../../../shared/recipe/fields.ts";
import type { ModelPlan } from "../../../shared/recipe/plan.ts";
import { useDatasets } from "../../api/client.ts";
import { FormContext, type FormSettings, ProblemsContext } from "../../forms/context.ts";
import { Field } from "../../forms/Field.tsx";
import { ProblemText } from "../../forms/ProblemText.tsx";
import type { Path } from "../../forms/path.ts";
import { LayerList } from "./LayerList.tsx";
import classes from "./recipe.module.css";
import { type Section, sections, summaryOf } from "./sections.ts";

interface RecipeFormProps {
  readonly recipe: unknown;
  readonly plan: ModelPlan | null;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
  readonly onChange: (path: Path, value: unknown) => void;
}

const DATASET_NAME = "data.source.name";
const LAYERS: Path = ["model", "layers"];

export function RecipeForm({ recipe, plan, problems, readOnly, onChange }: RecipeFormProps) {
  const { t } = useTranslation();
  const { data: datasets } = useDatasets();
  const settings = useMemo<FormSettings>(
    () => ({
      readOnly,
      set: onChange,
      summary: summaryOf,
      options: (path) => {
        if (formatPath(path) !== DATASET_NAME || datasets === undefined) return null;
        return datasets.map(({ name, facts }) => ({ value: name, label: `${name} (${t("recipe.samples", { count: facts.length })})` }));
      },
    }),
    [readOnly, onChange, datasets, t],
  );
  return (
    <FormContext value={settings}>
      <ProblemsContext value={problems}>
        <div className={classes.form}>
          {sections.map((section) => (
            <SectionOf key={section.name} section={section} recipe={recipe} plan={plan} />
          ))}
        </div>
      </ProblemsContext>
    </FormContext>
  );
}

function SectionOf({ section, recipe, plan }: { readonly section: Section; readonly recipe: unknown; readonly plan: ModelPlan | null }) {
  const { t } = useTranslation();
  const problems = useContext(ProblemsContext);
  const { data: datasets } = useDatasets();
  const record = isRecord(recipe) ? recipe : {};
  const title = t(`recipe.section.${section.name}`);
  const source = isRecord(record.data) && isRecord(record.data.source) ? record.data.source : {};
  const dataset = section.name === "data" && source.type === "shipped" ? datasets?.find(({ name }) => name === source.name) : undefined;
  // Layers say what is wrong with layers; a model that is no object at all has nobody to say it.
  const general = problems.filter(({ place }) => place === "model" && section.fields.includes(place));
  return (
    <section aria-label={title} className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {section.fields.map((name) => {
        const schema = recipeFields.properties?.[name];
        if (schema === undefined) return null;
        if (name === "model") return <Model key={name} value={record[name]} plan={plan} />;
        return <Field key={name} path={[name]} schema={schema} value={record[name]} />;
      })}
      <ProblemText problems={general} />
      {dataset !== undefined && (
        <Text size="xs" c="dimmed" lang="en" mt={4}>
          {dataset.summary}
        </Text>
      )}
    </section>
  );
}

function Model({ value, plan }: { readonly value: unknown; readonly plan: ModelPlan | null }) {
  const schema = recipeFields.properties?.["model"];
  const layers = schema === undefined ? undefined : chosenAlternative(schema, value)?.properties?.["layers"];
  if (layers === undefined) return null;
  return <LayerList path={LAYERS} schema={layers} value={isRecord(value) ? value.layers : undefined} plan={plan} />;
}
