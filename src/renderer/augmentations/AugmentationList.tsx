/** The ordered list of a recipe's augmentations: add, move by drag or keys, switch, remove. Used by the workbench and the Augment screen. */
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SampleKind } from "../../shared/recipe/facts.ts";
import { chosenAlternative, formatPath } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { type ListProps, useForm } from "../forms/context.ts";
import { defaultOf } from "../forms/defaults.ts";
import { AddLayer } from "../layers/AddLayer.tsx";
import { offerUndo } from "../ui/undo.tsx";
import { AugmentationItem } from "./AugmentationItem.tsx";
import classes from "./augmentations.module.css";
import { type Entry, entriesOf, moved, suitableTypes } from "./list.ts";

/** @param kind the kind of the samples; null until known */
export function AugmentationList({ path, schema, value, kind }: ListProps & { readonly kind: SampleKind | null }) {
  const { t } = useTranslation();
  const form = useForm();
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState("");
  const entries = entriesOf({ augmentation: value });
  const newest = useRef(entries);
  newest.current = entries;
  const item = schema.items ?? {};
  const words = useWords();
  const titleAt = (index: number) => words.choice(item, entries[index]?.type);

  const change = (next: readonly Entry[], target: number, words: string) => {
    form.set(path, next);
    setSaid(words);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-grip="${target}"]`)?.focus());
  };
  const move = (from: number, to: number) => {
    const next = moved(entries, from, to);
    if (next !== entries) change(next, to, t("layers.moved", { name: titleAt(from), number: to + 1 }));
  };
  const remove = (index: number) => {
    const removed = entries[index];
    if (removed === undefined) return;
    const said = t("layers.removed", { name: titleAt(index) });
    change(entries.toSpliced(index, 1), Math.min(index, entries.length - 2), said);
    offerUndo(said, null, () => form.set(path, newest.current.toSpliced(Math.min(index, newest.current.length), 0, removed)));
  };
  const add = (type: string) => {
    const alternative = chosenAlternative(item, { type });
    const fresh = alternative === undefined ? undefined : defaultOf(alternative);
    if (fresh !== undefined)
      change([...entries, fresh as Entry], entries.length, t("layers.added", { name: words.choice(item, type), number: entries.length + 1 }));
  };
  return (
    <div data-place={formatPath(path)}>
      {entries.length === 0 && <p className={classes.empty}>{t("augment.none")}</p>}
      <ol className={classes.list} aria-label={t("augment.list")} ref={list}>
        {entries.map((entry, index) => (
          <AugmentationItem
            // Entries have no id, so their position is the key; half-typed text stays with the position.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            index={index}
            path={[...path, index]}
            schema={item}
            entry={entry}
            kind={kind}
            last={index === entries.length - 1}
            onMove={(to) => move(index, to)}
            onRemove={() => remove(index)}
            onDropped={(from) => move(from, index)}
          />
        ))}
      </ol>
      {!form.readOnly && <AddLayer label={t("augment.add")} searchLabel={t("augment.search")} schema={item} types={suitableTypes(kind)} onAdd={add} />}
      <div aria-live="polite" className="visually-hidden">
        {said}
      </div>
    </div>
  );
}
