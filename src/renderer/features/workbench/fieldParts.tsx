/** Extra parts of some form fields: the lists of augmentations and layers, the learning-rate range test, the schedule preview. */
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import { lossDefinition } from "../../../shared/recipe/definitions.ts";
import { type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import { chosenAlternative, type FieldSchema } from "../../../shared/recipe/fields.ts";
import { recipeSchema } from "../../../shared/recipe/recipe.ts";
import { hrefOf } from "../../app/route.ts";
import { AugmentationList } from "../../augmentations/AugmentationList.tsx";
import { useForm } from "../../forms/context.ts";
import { getAt, type Path } from "../../forms/path.ts";
import { LayerList } from "../../layers/LayerList.tsx";
import { PresetMenu } from "./PresetMenu.tsx";
import { RangeTest } from "./RangeTest.tsx";
import { SchedulePreview } from "./SchedulePreview.tsx";

const LAYERS: Path = ["model", "layers"];
const AUGMENTATION: Path = ["augmentation"];

interface ListFieldProps {
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly facts: DatasetFacts | null;
}

/** The list of augmentations, and a link to the screen that shows their effect. */
export function AugmentationField({ schema, value, facts }: ListFieldProps) {
  const { t } = useTranslation();
  return (
    <>
      <AugmentationList path={AUGMENTATION} schema={schema} value={value} kind={facts === null ? null : sampleKind(facts.sampleShape)} />
      <Anchor size="xs" href={hrefOf({ screen: "augment" })}>
        {t("augment.look")}
      </Anchor>
    </>
  );
}

export function ModelField({ schema, value, recipe, facts }: ListFieldProps & { readonly recipe: unknown }) {
  const layers = chosenAlternative(schema, value)?.properties?.["layers"];
  if (layers === undefined) return null;
  return (
    <>
      <PresetMenu outputs={outputsOf(recipe, facts)} />
      <LayerList path={LAYERS} schema={layers} value={isRecord(value) ? value.layers : undefined} />
    </>
  );
}

/** The range test that finds a learning rate for the optimizer. */
export function RangeTestOf({ recipe }: { readonly recipe: unknown }) {
  const { readOnly } = useForm();
  return readOnly ? null : <RangeTest recipe={recipe} />;
}

/** The learning rate over time, from schedule and warm-up. */
export function SchedulePreviewOf({ recipe, totalSteps }: { readonly recipe: unknown; readonly totalSteps: number | null }) {
  const epochs = Number(getAt(recipe, ["budget", "epochs"]));
  if (totalSteps === null) return null;
  // Also rendered for an invalid number of epochs, so that the layout does not jump.
  return <SchedulePreview recipe={recipe} totalSteps={totalSteps} stepsPerEpoch={epochs > 0 ? totalSteps / epochs : 0} />;
}

/** Number of model outputs that the loss needs; null until loss and data set are known. */
function outputsOf(recipe: unknown, facts: DatasetFacts | null): number | null {
  const loss = recipeSchema.shape.loss.safeParse(getAt(recipe, ["loss"]));
  if (facts === null || !loss.success) return null;
  const { target } = facts;
  return lossDefinition(loss.data).width(target.kind === "classification" ? target.classes.length : target.names.length);
}
