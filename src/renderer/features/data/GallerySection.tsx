/** The samples of the data or of one class: rows of a table, or a grid of images or curves. */
import { Button, NativeSelect, SegmentedControl, Slider, Text } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { planesOf } from "../../samples/sample.ts";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { GalleryGrid } from "./GalleryGrid.tsx";
import gallery from "./gallery.module.css";
import { RowsView } from "./RowsView.tsx";
import { Section } from "./Section.tsx";
import { useMembers } from "./useMembers.ts";

const SIZES = { small: 56, medium: 88, large: 136 } as const;
type Size = keyof typeof SIZES;
/** Curves need more width than images. */
const CURVES_WIDER = 1.6;
/** The slider's maximum: a fraction of the depth. */
const LAST_SLICE = 1;

export function GallerySection() {
  const { t } = useTranslation();
  const id = useId();
  const { facts, kind, inspection } = usePage();
  const [wanted, setWanted] = useState<number | null>(null);
  const [size, setSize] = useState<Size>("medium");
  const planes = planesOf(facts.sampleShape);
  const [depth, setDepth] = useState<number | null>(null);
  const { list, complete, search, findMore, stop } = useMembers(wanted);
  const classNames = facts.target.kind === "classification" ? facts.target.classes : [];
  const ofClass = wanted !== null && inspection?.target.kind === "classification" ? inspection.target.classes[wanted]?.count : undefined;
  const pixels = Math.round(SIZES[size] * (kind === "signal" ? CURVES_WIDER : 1));
  return (
    <Section
      name="gallery"
      title={t("data.gallery.title")}
      tools={
        <>
          <span className={classes.note} role="status">
            {complete || ofClass === undefined || inspection?.exact !== true
              ? t("data.gallery.count", { count: list.length })
              : t("data.gallery.some", { shown: list.length, count: ofClass })}
          </span>
          <div className={classes.spacer} />
          <div className={gallery.tools}>
            {classNames.length > 0 && (
              <NativeSelect
                size="xs"
                aria-label={t("data.gallery.ofClass")}
                value={wanted === null ? "" : String(wanted)}
                data={[{ value: "", label: t("data.gallery.allClasses") }, ...classNames.map((name, index) => ({ value: String(index), label: name }))]}
                onChange={(event) => setWanted(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
              />
            )}
            {kind !== "tabular" && (
              <SegmentedControl
                size="xs"
                aria-label={t("data.gallery.size")}
                value={size}
                onChange={(value) => setSize(value === "small" || value === "large" ? value : "medium")}
                data={[
                  { value: "small", label: t("data.gallery.small") },
                  { value: "medium", label: t("data.gallery.medium") },
                  { value: "large", label: t("data.gallery.large") },
                ]}
              />
            )}
            {planes !== null && planes.depth > 1 && (
              <>
                <span id={`${id}-slice`}>{t("data.gallery.slice")}</span>
                <Slider
                  size="sm"
                  w={120}
                  min={0}
                  max={LAST_SLICE}
                  step={1 / Math.max(1, planes.depth - 1)}
                  label={(share) => t("data.gallery.sliceOf", { slice: Math.round(share * (planes.depth - 1)) + 1, depth: planes.depth })}
                  value={depth ?? 0.5}
                  thumbProps={{ "aria-labelledby": `${id}-slice` }}
                  onChange={setDepth}
                />
              </>
            )}
          </div>
        </>
      }
    >
      {wanted !== null && !complete && (
        <div className={gallery.bar}>
          <Text size="xs" c="dimmed">
            {search.running ? t("data.gallery.searching", { done: search.done, total: facts.length }) : t("data.gallery.someHelp")}
          </Text>
          <Button size="compact-xs" variant="default" onClick={search.running ? stop : findMore}>
            {search.running ? t("data.gallery.stop") : t("data.gallery.findMore")}
          </Button>
        </div>
      )}
      {list.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("data.gallery.none")}
        </Text>
      ) : kind === "tabular" ? (
        <RowsView key={wanted ?? "all"} list={list} />
      ) : (
        <GalleryGrid key={wanted ?? "all"} list={list} size={pixels} depth={depth} />
      )}
    </Section>
  );
}
