/** A range on a small scale: two handles, dragged or moved by arrow keys, and a mark at the present value. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { numberText } from "./numberText.ts";
import { fractionAt, movedEnd, type NumberParameter, type View, valueIn, viewOf, withEnd } from "./scale.ts";
import classes from "./space.module.css";

interface RangeScaleProps {
  readonly parameter: NumberParameter;
  readonly schema: FieldSchema;
  readonly present: number | null;
  readonly title: string;
  readonly onChange: (parameter: NumberParameter) => void;
}

type End = "min" | "max";

export function RangeScale({ parameter, schema, present, title, onChange }: RangeScaleProps) {
  const { t } = useTranslation();
  const track = useRef<HTMLDivElement>(null);
  // The scale stays still while a handle is dragged.
  const [held, setHeld] = useState<View | null>(null);
  const view = held ?? viewOf(parameter, schema, present);
  const place = (value: number) => `${(100 * Math.min(1, Math.max(0, fractionAt(view, parameter.log, value)))).toFixed(2)}%`;
  const change = (end: End, value: number) => {
    const next = withEnd(parameter, end, value);
    if (next !== null && next[end] !== parameter[end]) onChange(next);
  };
  const onPointerMove = (event: PointerEvent, end: End) => {
    const box = track.current?.getBoundingClientRect();
    if (held === null || box === undefined) return;
    const other = parameter[end === "min" ? "max" : "min"];
    const value = valueIn(view, parameter, (event.clientX - box.left) / box.width);
    change(end, end === "min" ? Math.min(value, other) : Math.max(value, other));
  };
  const onKeyDown = (event: KeyboardEvent, end: End) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    change(end, movedEnd(view, parameter, parameter[end], direction > 0 ? 1 : -1, event.shiftKey));
  };
  return (
    <div className={classes.scale}>
      <div className={classes.track} ref={track}>
        <div className={classes.span} style={{ left: place(parameter.min), right: `calc(100% - ${place(parameter.max)})` }} />
        {present !== null && (!parameter.log || present > 0) && (
          <div className={classes.present} style={{ left: place(present) }} title={t("space.present", { value: numberText(present) })} />
        )}
        {(["min", "max"] as const).map((end) => (
          <div
            key={end}
            className={classes.handle}
            style={{ left: place(parameter[end]) }}
            role="slider"
            tabIndex={0}
            aria-label={t(`space.${end}Of`, { title })}
            aria-valuemin={view[0]}
            aria-valuemax={view[1]}
            aria-valuenow={parameter[end]}
            aria-valuetext={numberText(parameter[end])}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setHeld(view);
            }}
            onPointerMove={(event) => onPointerMove(event, end)}
            onPointerUp={() => setHeld(null)}
            onPointerCancel={() => setHeld(null)}
            onKeyDown={(event) => onKeyDown(event, end)}
          />
        ))}
      </div>
    </div>
  );
}
