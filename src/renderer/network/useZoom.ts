/** Zoom of a drawing in a scrolling element: the point at the centre, or under the pointer, stays in place. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { fitting, LEAST, MOST, opening, type Size } from "./scale.ts";

export function useZoom(view: RefObject<HTMLElement | null>, drawing: Size, viewSize: Size) {
  // Null: the initial scale, which depends on the size of the pane.
  const [chosen, setChosen] = useState<number | "fit" | null>(null);
  const scale = chosen === null ? opening(drawing, viewSize) : chosen === "fit" ? fitting(drawing, viewSize) : chosen;
  const now = useRef(scale);
  const anchor = useRef<{ readonly x: number; readonly y: number } | null>(null);

  useLayoutEffect(() => {
    const element = view.current;
    if (element !== null && now.current !== scale) {
      const { x, y } = anchor.current ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 };
      const ratio = scale / now.current;
      element.scrollTo(ratio * (element.scrollLeft + x) - x, ratio * (element.scrollTop + y) - y);
    }
    now.current = scale;
    anchor.current = null;
  }, [scale, view]);

  const zoomBy = useCallback((factor: number, at: { readonly x: number; readonly y: number } | null = null) => {
    anchor.current = at;
    setChosen(Math.min(MOST, Math.max(LEAST, now.current * factor)));
  }, []);

  useEffect(() => {
    const element = view.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      // Without Ctrl or ⌘ the wheel scrolls as usual.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoomBy(Math.exp(-event.deltaY / 400), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [view, zoomBy]);

  return { scale, zoomBy, fit: () => setChosen("fit"), actual: () => setChosen(1) };
}
