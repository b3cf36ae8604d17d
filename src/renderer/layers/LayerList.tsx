/** The model as a list: each layer on one line with its output shape and its parameter count, its fields one click away. */
import { type KeyboardEvent, useContext, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { chosenAlternative, formatPath, typesOf } from "../../shared/recipe/fields.ts";
import { type ListProps, ProblemsContext, useForm } from "../forms/context.ts";
import { defaultOf } from "../forms/defaults.ts";
import { ProblemText } from "../forms/ProblemText.tsx";
import { problemsWithin } from "../forms/problems.ts";
import { shapeText } from "../ui/format.ts";
import { offerUndo } from "../ui/undo.tsx";
import { AddLayer } from "./AddLayer.tsx";
import { LayerItem } from "./LayerItem.tsx";
import classes from "./layers.module.css";
import { duplicateLayer, type Layers, moveLayer, nameOf } from "./layers.ts";
import { useListPlan } from "./plan.ts";

/** The list of layers inside a container, between what enters it and what leaves it. */
export function NestedLayerList(props: ListProps) {
  return <LayerList {...props} nested />;
}

export function LayerList({ path, schema, value, nested = false }: ListProps & { readonly nested?: boolean }) {
  const { t } = useTranslation();
  const plan = useListPlan(path);
  const form = useForm();
  const problems = problemsWithin(useContext(ProblemsContext), path);
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState("");
  const layers: Layers = Array.isArray(value) ? value : [];
  // What an undo puts back joins the list as it is then.
  const newest = useRef(layers);
  newest.current = layers;
  const item = schema.items ?? {};
  const own = problems.filter(({ place }) => place === formatPath(path));

  /** Puts a changed list in place; `target` is the layer that the change was about, and gets the focus. */
  const change = (next: Layers, target: number, opened: ReadonlySet<number>, words: string) => {
    form.set(path, next);
    setOpen(opened);
    setSaid(words);
    // Only of this list: a container's layers have buttons of the same kind.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`:scope > li:nth-child(${target + 1}) [data-layer]`)?.focus());
  };
  const move = (from: number, to: number) => {
    const next = moveLayer(layers, from, to);
    if (next === layers) return;
    const opened = new Set([...open].map((index) => (index === from ? to : index === to ? from : index)));
    change(next, to, opened, t("layers.moved", { name: nameOf(layers, from), number: to + 1 }));
  };
  const duplicate = (index: number) => {
    const opened = new Set([...open].map((other) => (other > index ? other + 1 : other)));
    change(duplicateLayer(layers, index), index + 1, opened, t("layers.added", { name: nameOf(layers, index), number: index + 2 }));
  };
  const remove = (index: number) => {
    const opened = new Set([...open].filter((other) => other !== index).map((other) => (other > index ? other - 1 : other)));
    const words = t("layers.removed", { name: nameOf(layers, index) });
    const removed = layers[index];
    change(layers.toSpliced(index, 1), Math.min(index, layers.length - 2), opened, words);
    offerUndo(words, null, () => {
      const back = Math.min(index, newest.current.length);
      change(newest.current.toSpliced(back, 0, removed), back, new Set(), t("layers.added", { name: nameOf(layers, index), number: back + 1 }));
    });
  };
  const add = (type: string) => {
    const alternative = chosenAlternative(item, { type });
    if (alternative === undefined) return;
    const next = [...layers, defaultOf(alternative)];
    change(next, layers.length, new Set([...open, layers.length]), t("layers.added", { name: type, number: next.length }));
  };
  const toggle = (index: number) =>
    setOpen((before) => (before.has(index) ? new Set([...before].filter((other) => other !== index)) : new Set([...before, index])));

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (form.readOnly) return;
    if (event.altKey && event.key === "ArrowUp") move(index, index - 1);
    else if (event.altKey && event.key === "ArrowDown") move(index, index + 1);
    else if ((event.ctrlKey || event.metaKey) && event.key === "d") duplicate(index);
    else if (event.key === "Delete") remove(index);
    else return;
    event.preventDefault();
  };

  return (
    <div data-place={formatPath(path)}>
      {plan !== null && !nested && (
        <div className={classes.end}>
          <span>{t("layers.input")}</span>
          <span>{shapeText(plan.inputShape)}</span>
        </div>
      )}
      {nested && layers.length === 0 && <p className={classes.empty}>{t("layers.identity")}</p>}
      <ol className={classes.list} aria-label={nested ? formatPath(path) : t("layers.list")} ref={list}>
        {layers.map((layer, index) => (
          <LayerItem
            // Layers have no identity of their own; what is typed stays with the position.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            index={index}
            path={[...path, index]}
            schema={item}
            value={layer}
            name={nameOf(layers, index)}
            planned={plan?.layers[index] ?? null}
            open={open.has(index) || problems.some(({ place }) => place.startsWith(`${formatPath([...path, index])}.`))}
            last={index === layers.length - 1}
            onToggle={() => toggle(index)}
            onMove={(by) => move(index, index + by)}
            onDuplicate={() => duplicate(index)}
            onRemove={() => remove(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </ol>
      {plan !== null && (
        <div className={classes.end}>
          <span>
            {t("layers.output")} {plan.layers.length === layers.length ? shapeText(plan.outputShape) : "?"}
          </span>
          <span {...(nested ? {} : { "data-testid": "parameter-total" })}>{t("layers.total", { count: plan.parameterCount })}</span>
        </div>
      )}
      <ProblemText problems={own} />
      {!form.readOnly && <AddLayer schema={item} types={typesOf(item)} onAdd={add} />}
      <div aria-live="polite" className="visually-hidden">
        {said}
      </div>
    </div>
  );
}
