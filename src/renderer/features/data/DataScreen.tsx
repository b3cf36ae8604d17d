/** The Data screen: all data sets, the contents of the open one, and the panel that adds a new one. */
import { Button, Loader, Text } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDatasets } from "../../api/client.ts";
import { useOwnDatasets } from "../../api/datasets.ts";
import { go } from "../../app/route.ts";
import { DropZone } from "../../source/DropZone.tsx";
import { takeOver } from "../../source/handOver.ts";
import { AddPanel } from "./AddPanel.tsx";
import { DatasetPage } from "./DatasetPage.tsx";
import { DatasetRail } from "./DatasetRail.tsx";
import classes from "./data.module.css";
import { entriesOf } from "./entries.ts";
import { useImport } from "./useImport.ts";

/** @param dataset the key of the open one: `shipped:iris`, `own:…`; null to add data */
export function DataScreen({ dataset }: { readonly dataset: string | null }) {
  const { t } = useTranslation();
  const shipped = useDatasets();
  const own = useOwnDatasets();
  const importing = useImport();
  const { take } = importing;
  useEffect(() => {
    const picked = takeOver();
    if (picked !== null) take(picked);
  }, [take]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const entries = useMemo(() => entriesOf(own.data ?? [], shipped.data ?? []), [own.data, shipped.data]);
  const open = entries.find(({ key }) => key === dataset);
  const loading = shipped.isPending || own.isPending;
  return (
    <div className={classes.screen}>
      <h1 className="visually-hidden">{t("data.title")}</h1>
      <DatasetRail
        entries={entries}
        open={dataset}
        onRename={(key) => {
          go({ screen: "data", dataset: key });
          setRenaming(key);
        }}
      />
      {dataset === null ? (
        <AddPanel importing={importing} />
      ) : open !== undefined ? (
        <DatasetPage key={open.key} entry={open} renaming={renaming === open.key} onRenaming={(on) => setRenaming(on ? open.key : null)} />
      ) : loading ? (
        <div className={classes.page}>
          <Loader size="sm" aria-label={t("data.loading")} />
        </div>
      ) : (
        <div className={classes.page}>
          <Text fw={600}>{t("data.missing")}</Text>
          <Text size="sm" c="dimmed" mb="sm">
            {t("data.missingText")}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => go({ screen: "data", dataset: null })}>
            {t("data.backToAll")}
          </Button>
        </div>
      )}
      <DropZone
        onDrop={(picked) => {
          importing.take(picked);
          go({ screen: "data", dataset: null });
        }}
      />
    </div>
  );
}
