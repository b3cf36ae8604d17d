/** A network as a drawing: zoomed and panned by mouse and keys, navigated by arrow keys, and read by screen readers as a list. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { IconArrowsMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LayerPlan, ModelPlan } from "../../shared/recipe/plan.ts";
import { type Box, drawingOf, type Line } from "./layout.ts";
import { NetworkBox, type Slot } from "./NetworkBox.tsx";
import classes from "./network.module.css";
import { unitsOf } from "./units.ts";
import { useZoom } from "./useZoom.ts";
import { boxOf, layerOf, neighbourOf, stopsOf } from "./walk.ts";

interface NetworkViewProps {
  readonly plan: ModelPlan;
  /** Whether every layer of the recipe is in the plan. */
  readonly whole: boolean;
  /** Name of the layer that is selected in the form. */
  readonly marked: string | null;
  readonly onChoose: (layer: LayerPlan) => void;
  /** Extra content of the boxes. */
  readonly slot?: Slot;
}

/** A pointer movement shorter than this, in pixels, is a click. */
const DRAGGED = 4;
const KEYS_ZOOM = 1.2;

export function NetworkView({ plan, whole, marked, onChoose, slot }: NetworkViewProps) {
  const { t } = useTranslation();
  const [folding, setFolding] = useState<{ readonly on: boolean; readonly opened: ReadonlySet<string> }>({ on: true, opened: new Set() });
  const drawing = useMemo(
    () => drawingOf({ inputShape: plan.inputShape, outputShape: whole ? plan.outputShape : null, units: unitsOf(plan.layers, folding) }, slot?.heightOf),
    [plan, whole, folding, slot],
  );
  const stops = useMemo(() => stopsOf(drawing), [drawing]);
  const folds = !folding.on || folding.opened.size > 0 || drawing.boxes.some(({ kind }) => kind === "fold");
  const [at, setAt] = useState<string | null>(null);
  const markedBox = marked === null ? null : boxOf(stops, marked);
  const current = stops.find(({ id }) => id === at) ?? markedBox ?? stops[0];
  const view = useRef<HTMLDivElement>(null);
  const { ref: sized, width, height } = useElementSize<HTMLDivElement>();
  const zoom = useZoom(view, drawing, { width: width || 800, height: height || 600 });

  // Scrolls to the layer selected in the form, unless it was chosen here.
  const markedId = markedBox?.id ?? null;
  useEffect(() => {
    if (markedId === null || view.current?.contains(document.activeElement)) return;
    buttonOf(view.current, markedId)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    setAt(markedId);
  }, [markedId]);

  const choose = useCallback(
    (box: Box) => {
      if (box.kind === "fold") {
        setFolding(({ on, opened }) => ({ on, opened: new Set([...opened, box.id]) }));
        const first = layerOf(box)?.name;
        requestAnimationFrame(() => first !== undefined && buttonOf(view.current, first)?.focus());
        return;
      }
      const layer = layerOf(box);
      if (layer === null) return;
      // A container drawn as a plain box is folded; a click opens it.
      if (box.kind === "layer" && layer.branches.length > 0) setFolding(({ on, opened }) => ({ on, opened: new Set([...opened, box.id]) }));
      onChoose(layer);
    },
    [onChoose],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "+" || event.key === "=") zoom.zoomBy(KEYS_ZOOM);
    else if (event.key === "-") zoom.zoomBy(1 / KEYS_ZOOM);
    else if (event.key === "0") zoom.fit();
    else {
      const next = neighbourOf(stops, idOf(event.target) ?? "", event.key);
      if (next === null) return;
      buttonOf(view.current, next.id)?.focus();
    }
    event.preventDefault();
  };

  return (
    <div className={classes.network}>
      <div className={classes.tools} role="toolbar" aria-label={t("network.tools")}>
        <Tool label={t("network.zoomOut")} onClick={() => zoom.zoomBy(1 / KEYS_ZOOM)}>
          <IconMinus size={14} aria-hidden />
        </Tool>
        <Tooltip label={t("network.actual")}>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            w={56}
            px={0}
            aria-label={`${Math.round(100 * zoom.scale)} %: ${t("network.actual")}`}
            onClick={zoom.actual}
          >
            {Math.round(100 * zoom.scale)} %
          </Button>
        </Tooltip>
        <Tool label={t("network.zoomIn")} onClick={() => zoom.zoomBy(KEYS_ZOOM)}>
          <IconPlus size={14} aria-hidden />
        </Tool>
        <Tool label={t("network.fit")} onClick={zoom.fit}>
          <IconArrowsMaximize size={14} aria-hidden />
        </Tool>
        {folds && (
          <Button
            size="compact-xs"
            variant={folding.on && folding.opened.size === 0 ? "light" : "subtle"}
            color="gray"
            aria-pressed={folding.on && folding.opened.size === 0}
            onClick={() => setFolding({ on: !(folding.on && folding.opened.size === 0), opened: new Set() })}
          >
            {t("network.fold")}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside; dragging has its keys in the list */}
      <div className={classes.view} ref={useMergedRef(view, sized)} onKeyDown={onKeyDown} onFocus={({ target }) => setAt(idOf(target))} {...useDragging()}>
        <div className={classes.sheet} style={{ width: drawing.width * zoom.scale, height: drawing.height * zoom.scale }}>
          <div style={{ width: drawing.width, height: drawing.height, transform: `scale(${zoom.scale})`, transformOrigin: "0 0" }}>
            <ol className={classes.list} aria-label={t("network.list")}>
              {drawing.boxes.map((box) => (
                <NetworkBox key={box.id} box={box} marked={box.id === markedId} current={box.id === current?.id} slot={slot ?? null} onChoose={choose} />
              ))}
            </ol>
            <svg className={classes.lines} width={drawing.width} height={drawing.height} aria-hidden>
              {drawing.lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two lines may lead from one box to another
                <path key={index} d={pathOf(line)} />
              ))}
            </svg>
          </div>
        </div>
      </div>
    </div>
  );
}

function Tool({ label, onClick, children }: { readonly label: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={24} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function idOf(target: EventTarget): string | null {
  return target instanceof Element ? target.getAttribute("data-box") : null;
}

function buttonOf(root: HTMLElement | null, id: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-box="${CSS.escape(id)}"]`) ?? null;
}

/** An SVG path from the top down through the points, vertical at each of them. */
function pathOf({ points: [first, ...rest] }: Line): string {
  if (first === undefined) return "";
  let [x, y] = [first.x, first.y];
  return rest.reduce((path, to) => {
    const middle = (y + to.y) / 2;
    const next = x === to.x ? `L${to.x},${to.y}` : `C${x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
    [x, y] = [to.x, to.y];
    return path + next;
  }, `M${x},${y}`);
}

/** Dragging pans the drawing; a click on a box stays a click. */
function useDragging() {
  const from = useRef<{ readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null>(null);
  const moved = useRef(false);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      const { scrollLeft, scrollTop } = event.currentTarget;
      from.current = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop };
      moved.current = false;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (from.current === null) return;
      const [dx, dy] = [event.clientX - from.current.x, event.clientY - from.current.y];
      if (!moved.current && Math.hypot(dx, dy) < DRAGGED) return;
      if (!moved.current) event.currentTarget.setPointerCapture(event.pointerId);
      moved.current = true;
      event.currentTarget.scrollTo(from.current.left - dx, from.current.top - dy);
    },
    onPointerUp: () => {
      from.current = null;
    },
    onPointerCancel: () => {
      from.current = null;
    },
    onClickCapture: (event: MouseEvent) => {
      if (!moved.current) return;
      moved.current = false;
      event.stopPropagation();
    },
  };
}
