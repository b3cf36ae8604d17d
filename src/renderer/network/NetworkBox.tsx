/** One box of a drawing: a layer, the frame of a container, a fold, an input or output, or the point where branches join. */
import { IconChevronsDown } from "@tabler/icons-react";
import { type ComponentType, memo } from "react";
import { useTranslation } from "react-i18next";
import { chosenAlternative, recipeFields } from "../../shared/recipe/fields.ts";
import type { LayerPlan } from "../../shared/recipe/plan.ts";
import { countText } from "../../shared/text/numbers.ts";
import { shapeText } from "../../shared/text/shapes.ts";
import { useWords } from "../catalog/useWords.ts";
import { gist } from "../layers/layers.ts";
import { type Box, joinSign } from "./layout.ts";
import classes from "./network.module.css";

/** Extra content of a layer's box: its height, and the component that renders it. */
export interface Slot {
  readonly heightOf: (layer: LayerPlan) => number;
  readonly Content: ComponentType<{ readonly layer: LayerPlan }>;
}

interface NetworkBoxProps {
  readonly box: Box;
  /** Whether this layer is selected in the form. */
  readonly marked: boolean;
  /** Whether Tab focuses this box. */
  readonly current: boolean;
  readonly slot: Slot | null;
  readonly onChoose: (box: Box) => void;
}

export const NetworkBox = memo(function NetworkBox({ box, marked, current, slot, onChoose }: NetworkBoxProps) {
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (box.kind === "split" || box.kind === "join") return <Joint box={box} style={place} />;
  const layer = box.kind === "layer" || box.kind === "light" ? box.layer : null;
  return (
    <li className={classes.box} data-kind={box.kind} data-marked={marked || undefined} style={place}>
      <button type="button" data-box={box.id} aria-current={marked || undefined} tabIndex={current ? 0 : -1} onClick={() => onChoose(box)}>
        <Words box={box} />
      </button>
      {slot !== null && layer !== null && slot.heightOf(layer) > 0 && <slot.Content layer={layer} />}
    </li>
  );
});

/** Branches split at a dot and join at a sign. Both are hidden from screen readers, because the frame's text describes them. */
function Joint({ box, style }: { readonly box: Box & { readonly kind: "split" | "join" }; readonly style: { readonly left: number } }) {
  return (
    <li className={classes.box} data-kind={box.kind} style={style} aria-hidden>
      {box.kind === "join" && joinSign(box.layer)}
    </li>
  );
}

function Words({ box }: { readonly box: Box }) {
  const { t } = useTranslation();
  switch (box.kind) {
    case "input":
    case "output":
      return (
        <>
          <b>{t(`layers.${box.kind}`)}</b>
          <Shape shape={box.shape.length === 0 ? null : box.shape} />
        </>
      );
    case "fold":
      return (
        <>
          <span>
            <IconChevronsDown size={13} aria-hidden /> {t("network.more", { count: box.fold.count })}
          </span>
          <Count count={box.fold.parameterCount} />
        </>
      );
    case "layer":
    case "light":
    case "frame":
      return <LayerWords layer={box.layer} kind={box.kind} />;
    case "split":
    case "join":
      return null;
  }
}

const layerSchema = chosenAlternative(recipeFields.properties?.["model"] ?? {}, {})?.properties?.["layers"]?.items ?? {};

function LayerWords({ layer, kind }: { readonly layer: LayerPlan; readonly kind: "layer" | "light" | "frame" }) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const own = layer.config.name;
  const changes = kind !== "light";
  return (
    <>
      <span className={classes.title} title={layer.name}>
        <b>{own ?? words.entry("layer", layer.type)}</b>
        {own !== undefined && own !== layer.type && <span className={classes.dim}> {words.entry("layer", layer.type)}</span>}
        {kind === "frame" && layer.config.type === "residual" && <span className={classes.dim}> {t("network.adds")}</span>}
      </span>
      {changes && <Shape shape={layer.outputShape} />}
      {kind === "layer" && <span className={classes.dim}>{gist(layer.config, layerSchema, i18n.language)}</span>}
      {layer.parameterCount > 0 && kind !== "frame" && <Count count={layer.parameterCount} />}
    </>
  );
}

function Shape({ shape }: { readonly shape: readonly number[] | null }) {
  const { t } = useTranslation();
  return (
    <span className={classes.shape}>
      <span className="visually-hidden">, {t("layers.shape")} </span>
      {shape === null ? "?" : shapeText(shape)}
    </span>
  );
}

function Count({ count }: { readonly count: number }) {
  const { t, i18n } = useTranslation();
  return (
    <span className={classes.count}>
      <span className="visually-hidden">, {t("layers.parameters", { count })}</span>
      <span aria-hidden>{countText(count, i18n.language)}</span>
    </span>
  );
}
