/** Summary of a data set and the actions on it. */
import { ActionIcon, Button } from "@mantine/core";
import { IconAdjustments, IconPencil, IconPlayerPlay, IconTrash, IconWand } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { type DatasetFacts, sampleKind } from "../../../shared/recipe/facts.ts";
import { firstRecipe } from "../../../shared/recipe/firstRecipe.ts";
import { pathsOf } from "../../../shared/recipe/sources.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { shapeText } from "../../../shared/text/shapes.ts";
import { sizeText } from "../../../shared/text/sizes.ts";
import { removeDatasets, renameDataset } from "../../api/datasets.ts";
import { go } from "../../app/route.ts";
import { useWords } from "../../catalog/useWords.ts";
import { ForgetCode } from "../../code/ForgetCode.tsx";
import { editRecipe, openRecipe } from "../../draft/open.ts";
import { formatLabel } from "../../source/formatWords.ts";
import { usePlaceText } from "../../source/usePlaceText.ts";
import { NameField } from "../../ui/NameField.tsx";
import classes from "./data.module.css";
import type { Entry } from "./entries.ts";

interface DatasetHeaderProps {
  readonly entry: Entry;
  /** Null until known. */
  readonly facts: DatasetFacts | null;
  readonly inspection: Inspection | null;
  readonly renaming: boolean;
  readonly onRenaming: (renaming: boolean) => void;
  /** Null if the source cannot be changed. */
  readonly onChangeSource: (() => void) | null;
}

export function DatasetHeader({ entry, facts, inspection, renaming, onRenaming, onChangeSource }: DatasetHeaderProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { own, name, source, shipped } = entry;
  const recipe = () => (facts === null ? null : firstRecipe(source, facts, name));
  return (
    <>
      <div className={classes.head}>
        <h2 className={renaming ? "visually-hidden" : undefined}>
          <bdi>{shipped === null ? name : words.of(shipped.title)}</bdi>
        </h2>
        {renaming && own !== null && (
          <NameField
            label={t("data.name")}
            width={320}
            name={name}
            onDone={(wanted) => {
              onRenaming(false);
              if (wanted !== null) void renameDataset(own, wanted);
            }}
          />
        )}
        {own !== null && !renaming && (
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("data.rename", { name })} onClick={() => onRenaming(true)}>
            <IconPencil size={15} aria-hidden />
          </ActionIcon>
        )}
        <div className={classes.spacer} />
        <ForgetCode source={source} />
        {onChangeSource !== null && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconAdjustments size={14} aria-hidden />}
            title={t("data.source.changeTitle")}
            onClick={onChangeSource}
          >
            {t("data.source.change")}
          </Button>
        )}
        {own !== null && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} aria-hidden />}
            title={t("data.removeTitle")}
            onClick={() => void removeDatasets([own], name).then((removed) => removed && go({ screen: "data", dataset: null }))}
          >
            {t("data.remove")}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          disabled={facts === null}
          leftSection={<IconWand size={14} aria-hidden />}
          title={t("data.augmentTitle")}
          onClick={() => {
            openRecipe(recipe());
            go({ screen: "augment" });
          }}
        >
          {t("data.augment")}
        </Button>
        <Button
          size="compact-sm"
          disabled={facts === null}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          title={t("data.trainTitle")}
          onClick={() => editRecipe(recipe())}
        >
          {t("data.train")}
        </Button>
      </div>
      {shipped !== null && <p className={classes.summary}>{words.of(shipped.summary)}</p>}
      <Facts entry={entry} facts={facts} inspection={inspection} />
    </>
  );
}

function Facts({ entry: { source, shipped }, facts, inspection }: Pick<DatasetHeaderProps, "entry" | "facts" | "inspection">) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const bytes = inspection?.bytes ?? null;
  const placeText = usePlaceText();
  const paths = pathsOf(source).map(({ path }) => placeText(path));
  const sizes = inspection?.sizes ?? [];
  const items: readonly (readonly [string, string, boolean?])[] = [
    ...(facts === null
      ? []
      : ([
          [t("data.facts.kind"), t(`data.kind.${sampleKind(facts.sampleShape)}`)],
          [t("data.facts.samples"), countText(facts.length, language)],
          [t("data.facts.shape"), shapeText(facts.sampleShape)],
          [t("data.facts.element"), facts.elementType],
          [
            t("data.facts.target"),
            facts.target.kind === "classification"
              ? t("data.facts.classes", { count: facts.target.classes.length })
              : t("data.facts.values", { count: facts.target.names.length }),
          ],
          ...(facts.givenValidation === undefined ? [] : [[t("data.facts.givenValidation"), countText(facts.givenValidation, language)] as const]),
          ...(facts.givenTest > 0 ? [[t("data.facts.givenTest"), countText(facts.givenTest, language)] as const] : []),
        ] as const)),
    ...(bytes === null ? [] : [[t("data.facts.size"), sizeText(bytes)] as const]),
    ...(sizes.length > 1
      ? [
          [
            t("data.facts.sizes"),
            sizes
              .slice(0, 4)
              .map(({ height, width, channels, count }) => t("data.facts.sizeCount", { size: shapeText([height, width, channels]), count }))
              .join(", "),
          ] as const,
        ]
      : []),
    ...(shipped === null
      ? [[t("data.facts.source"), [formatLabel(source.type, i18n.language), ...paths].join(" · "), true] as const]
      : [[t("data.facts.licence"), shipped.licence] as const, [t("data.facts.from"), shipped.source, true] as const]),
  ];
  return (
    <dl className={classes.facts}>
      {items.map(([term, text, long]) => (
        <div key={term} className={classes.fact} data-long={long || undefined}>
          <dt>{term}</dt>
          <dd>
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
