/** The home screen: all runs of this studio. */
import { Button, CloseButton, Loader, Text, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconFilter, IconPlus, IconTrash } from "@tabler/icons-react";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { removeRuns } from "../../api/actions.tsx";
import { useRuns } from "../../api/client.ts";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { go } from "../../app/route.ts";
import { filterRuns, useRunsFilter } from "../../app/runsFilter.ts";
import { showRecipe } from "../../draft/draft.ts";
import { openRun } from "../../draft/open.ts";
import { RunMenu } from "../../predict/RunMenu.tsx";
import { announce } from "../../ui/Announcer.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { type Column, columnOf, runColumnIds } from "./columns.tsx";
import { QueueButton } from "./QueueButton.tsx";
import { RunsTable } from "./RunsTable.tsx";
import classes from "./runs.module.css";
import { StarterCards } from "./StarterCards.tsx";

export function RunsScreen() {
  const { t, i18n } = useTranslation();
  const ids = usePreferences(({ runColumns }) => runColumns) ?? runColumnIds;
  const columns = useMemo(() => ids.flatMap((id) => columnOf(id, t, i18n.language) ?? []), [ids, t, i18n.language]);
  const [hidden, setHidden] = useState<readonly Column[]>([]);
  const onSorted = useCallback(({ title }: Column, descending: boolean) => announce(t(descending ? "runs.sortedDown" : "runs.sortedUp", { title })), [t]);
  const { data: runs } = useRuns();
  const filter = useRunsFilter((state) => state.filter);
  const setFilter = (text: string) => useRunsFilter.setState({ filter: text });
  const wanted = useDeferredValue(filter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  const shown = useMemo(() => filterRuns(runs ?? [], wanted, t("status", { returnObjects: true })), [runs, wanted, t]);
  // The Delete key must not remove runs that are filtered out.
  const selected = useMemo(() => new Set(shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id)), [shown, chosen]);
  const [only, ...others] = shown.filter(({ id }) => selected.has(id));
  const remove = (ids: readonly string[]) => {
    setChosen(new Set());
    void removeRuns(ids);
  };

  if (runs === undefined)
    return (
      <div className={classes.empty}>
        <h1 className="visually-hidden">{t("runs.title")}</h1>
        <Loader size="sm" aria-label={t("runs.loading")} />
      </div>
    );
  if (runs.length === 0)
    return (
      <div className={classes.screen}>
        <h1 className="visually-hidden">{t("runs.title")}</h1>
        <StarterCards />
      </div>
    );
  return (
    <div className={classes.screen}>
      <div className={classes.toolbar}>
        <h1>{t("runs.title")}</h1>
        <TextInput
          ref={field}
          size="xs"
          w={300}
          aria-label={t("runs.filter")}
          placeholder={t("runs.filterHint")}
          leftSection={<IconFilter size={14} aria-hidden />}
          rightSection={filter === "" ? null : <CloseButton size="xs" aria-label={t("runs.clearFilter")} onClick={() => setFilter("")} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && setFilter("")}
        />
        <Text size="xs" c="dimmed" role="status" className="tabular">
          {shown.length === runs.length ? t("runs.count", { count: runs.length }) : t("runs.shown", { shown: shown.length, count: runs.length })}
        </Text>
        <div style={{ flex: 1 }} />
        {selected.size > 0 && (
          <>
            <Text size="xs" c="dimmed">
              {t("runs.selected", { count: selected.size })}
            </Text>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setChosen(new Set())}>
              {t("runs.clearSelection")}
            </Button>
            <Button size="compact-sm" variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => remove([...selected])}>
              {t("runs.delete", { count: selected.size })}
            </Button>
            {only !== undefined && others.length === 0 && <RunMenu run={only} />}
          </>
        )}
        <QueueButton runs={runs} />
        <ColumnChooser columns={columns} hidden={hidden} onChange={(runColumns) => setPreferences({ runColumns })} />
        <Button
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            showRecipe("draft");
            go({ screen: "workbench", run: null });
          }}
        >
          {t("runs.newRun")}
        </Button>
      </div>
      {shown.length === 0 ? (
        <div className={classes.nothing}>
          <Text size="sm">{t("runs.nothingMatches", { filter })}</Text>
          <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => setFilter("")}>
            {t("runs.clearFilter")}
          </Button>
        </div>
      ) : (
        <RunsTable
          runs={runs}
          shown={shown}
          columns={columns}
          selected={selected}
          onSelect={setChosen}
          onOpen={openRun}
          onRemove={remove}
          onHidden={setHidden}
          onSorted={onSorted}
        />
      )}
    </div>
  );
}
