/** The model as a list: one line per layer with output shape and parameter count; a click opens its fields. */
import { type KeyboardEvent, useContext, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { chosenAlternative, formatPath, typesOf } from "../../shared/recipe/fields.ts";
import { multiplyAdds } from "../../shared/recipe/multiplyAdds.ts";
import { countText, shortCountText } from "../../shared/text/numbers.ts";
import { shapeText } from "../../shared/text/shapes.ts";
import { type ListProps, ProblemsContext, useForm } from "../forms/context.ts";
import { defaultOf } from "../forms/defaults.ts";
import { ProblemText } from "../forms/ProblemText.tsx";
import { isWithin, problemsWithin } from "../forms/problems.ts";
import { useAsked, useShown } from "../forms/shown.ts";
import { offerUndo } from "../ui/undo.tsx";
import { AddLayer } from "./AddLayer.tsx";
import { LayerItem } from "./LayerItem.tsx";
import { keyOf } from "./layerKeys.ts";
import classes from "./layers.module.css";
import { duplicateLayer, type Layers, moveLayer, nameOf } from "./layers.ts";
import { type ListPlan, useListPlan } from "./plan.ts";

/** The list of layers inside a container, between its input and its output. */
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
  // The index of the layer below which a new one is being chosen.
  const [inserting, setInserting] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const layers: Layers = Array.isArray(value) ? value : [];
  // An undo in a notification applies to the list as it is then, not as it was when the layer was removed.
  const newest = useRef(layers);
  newest.current = layers;
  const item = schema.items ?? {};
  const own = problems.filter(({ place }) => place === formatPath(path));
  // Opens the layer whose field must be shown.
  const asked = useAsked([formatPath(path)]);
  const [answered, setAnswered] = useState(0);
  if (asked > answered) {
    const { place } = useShown.getState();
    const index = layers.findIndex((_, at) => place !== formatPath([...path, at]) && isWithin(place, formatPath([...path, at])));
    setAnswered(asked);
    if (index >= 0) setOpen(new Set([...open, index]));
  }

  const focusOn = (index: number) =>
    // Only in this list: the layers of a container have the same buttons.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`:scope > li:nth-child(${index + 1}) [data-layer]`)?.focus());
  /** Applies a changed list; `target` is the layer that the change was about, and gets the focus. */
  const change = (next: Layers, target: number, opened: ReadonlySet<number>, words: string) => {
    form.set(path, next);
    setOpen(opened);
    setSaid(words);
    setInserting(null);
    focusOn(target);
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
  const insert = (type: string, at: number) => {
    const alternative = chosenAlternative(item, { type });
    if (alternative === undefined) return;
    const opened = new Set([...[...open].map((other) => (other >= at ? other + 1 : other)), at]);
    change(layers.toSpliced(at, 0, defaultOf(alternative)), at, opened, t("layers.added", { name: type, number: at + 1 }));
  };
  const show = (index: number) => {
    setOpen((before) => new Set([...before, index]));
    requestAnimationFrame(() => firstField(list.current?.children[index])?.focus());
  };
  const toggle = (index: number) =>
    setOpen((before) => (before.has(index) ? new Set([...before].filter((other) => other !== index)) : new Set([...before, index])));

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const key = keyOf(event);
    const last = layers.length - 1;
    const goes = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: last }[key];
    if (goes !== undefined) focusOn(Math.min(last, Math.max(0, goes)));
    else if (key === "Enter") show(index);
    else if (form.readOnly) return;
    else if (key === "Alt+ArrowUp") move(index, index - 1);
    else if (key === "Alt+ArrowDown") move(index, index + 1);
    else if (key === "Ctrl+d") duplicate(index);
    else if (key === "Ctrl+Enter" || key === "Insert") setInserting(index);
    else if (key === "Delete") remove(index);
    else return;
    event.preventDefault();
  };

  return (
    <div data-place={formatPath(path)}>
      {plan !== null && !nested && (
        <div className={classes.end}>
          <span>
            {t("layers.input")} {shapeText(plan.inputShape)}
          </span>
          <Figures plan={plan} />
        </div>
      )}
      {nested && layers.length === 0 && <p className={classes.empty}>{t("layers.identity")}</p>}
      <ol className={classes.list} aria-label={nested ? formatPath(path) : t("layers.list")} ref={list}>
        {layers.map((layer, index) => (
          <LayerItem
            // Layers have no id, so their position is the key; half-typed text stays with the position.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            index={index}
            path={[...path, index]}
            schema={item}
            value={layer}
            name={nameOf(layers, index)}
            planned={plan?.layers[index] ?? null}
            open={open.has(index)}
            last={index === layers.length - 1}
            onToggle={() => toggle(index)}
            onMove={(by) => move(index, index + by)}
            onDuplicate={() => duplicate(index)}
            onInsert={() => setInserting(index)}
            onRemove={() => remove(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {inserting === index && (
              <AddLayer
                label={t("layers.insertBelow", { name: nameOf(layers, index) })}
                schema={item}
                types={typesOf(item)}
                onAdd={(type) => insert(type, index + 1)}
                onCancel={() => {
                  setInserting(null);
                  focusOn(index);
                }}
              />
            )}
          </LayerItem>
        ))}
      </ol>
      {plan !== null && (
        <div className={classes.end}>
          <span>
            {t("layers.output")} {plan.layers.length === layers.length ? shapeText(plan.outputShape) : "?"}
          </span>
          {nested && <Figures plan={plan} />}
        </div>
      )}
      <ProblemText problems={own} />
      {!form.readOnly && <AddLayer schema={item} types={typesOf(item)} onAdd={(type) => insert(type, layers.length)} />}
      <div aria-live="polite" className="visually-hidden">
        {said}
      </div>
    </div>
  );
}

/** The number of parameters of all layers of a list, and the operations per sample. */
function Figures({ plan }: { readonly plan: ListPlan }) {
  const { t, i18n } = useTranslation();
  const products = multiplyAdds(plan.layers);
  return (
    <span title={t("layers.totalTitle", { products: countText(products, i18n.language) })}>
      <span data-testid="parameter-total">{t("layers.total", { count: plan.parameterCount })}</span>
      {" · "}
      <span data-testid="multiply-adds">{t("layers.multiplyAdds", { products: shortCountText(products, i18n.language) })}</span>
    </span>
  );
}

/** The first field of an open layer; its type if it has no other. */
function firstField(item: Element | undefined): HTMLElement | null {
  const control = "input, select, textarea, button:not([data-help])";
  return item?.querySelector<HTMLElement>(`[data-body] fieldset :is(${control})`) ?? item?.querySelector<HTMLElement>(`[data-body] :is(${control})`) ?? null;
}
