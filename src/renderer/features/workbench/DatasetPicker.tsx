/** Chooses the recipe's data set by name: those shipped with Descent, and those the user added on the Data screen. */
import { Anchor, NativeSelect } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useDatasets } from "../../api/client.ts";
import { useOwnDatasets } from "../../api/datasets.ts";
import { hrefOf } from "../../app/route.ts";
import { useForm } from "../../forms/context.ts";
import formClasses from "../../forms/form.module.css";

const SOURCE = ["data", "source"];
const OTHER = "other";

export function DatasetPicker({ source }: { readonly source: unknown }) {
  const { t } = useTranslation();
  const id = useId();
  const { readOnly, set } = useForm();
  const { data: shipped = [] } = useDatasets();
  const { data: own = [] } = useOwnDatasets();
  const entries = [
    ...own.map((each) => ({ key: `own:${each.id}`, label: each.name, source: each.source as unknown })),
    ...shipped.map((each) => ({ key: `shipped:${each.name}`, label: each.name, source: { type: "shipped", name: each.name } as unknown })),
  ];
  const current = JSON.stringify(source);
  const chosen = entries.find((entry) => JSON.stringify(entry.source) === current);
  const option = (prefix: string) => entries.filter(({ key }) => key.startsWith(prefix)).map(({ key, label }) => ({ value: key, label }));
  const groups = [
    ...(own.length > 0 ? [{ group: t("recipe.ownDatasets"), items: option("own:") }] : []),
    { group: t("recipe.shippedDatasets"), items: option("shipped:") },
  ];
  if (readOnly) return chosen === undefined ? null : <Look dataset={chosen.key} />;
  return (
    <div className={formClasses.row}>
      <div className={formClasses.label}>
        <label htmlFor={id}>{t("recipe.dataset")}</label>
      </div>
      <div>
        <NativeSelect
          id={id}
          size="xs"
          value={chosen?.key ?? OTHER}
          data={chosen === undefined ? [{ value: OTHER, label: t("recipe.otherDataset") }, ...groups] : groups}
          onChange={(event) => {
            const next = entries.find(({ key }) => key === event.currentTarget.value);
            if (next !== undefined) set(SOURCE, next.source);
          }}
        />
        <Look dataset={chosen?.key ?? null} />
      </div>
    </div>
  );
}

function Look({ dataset }: { readonly dataset: string | null }) {
  const { t } = useTranslation();
  return (
    <Anchor size="xs" href={hrefOf({ screen: "data", dataset })}>
      {t(dataset === null ? "recipe.addDataset" : "recipe.lookAtDataset")}
    </Anchor>
  );
}
