/** What a form shows beside and below its fields while a study is made of them: the box to tick, and the range of a ticked field. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDraft } from "../draft/draft.ts";
import type { TickProps, TickSlots } from "../forms/context.ts";
import { getAt, type Path } from "../forms/path.ts";
import { ParameterEditor } from "./ParameterEditor.tsx";
import classes from "./space.module.css";
import { canTick, parameterAt } from "./space.ts";
import { tickField, tickLayer, untick, useStudyDraft } from "./store.ts";

function Box({ path, schema, title }: TickProps) {
  const { t } = useTranslation();
  const parameter = useStudyDraft(({ space }) => parameterAt(space, path));
  if (!canTick(path, schema)) return null;
  return (
    <Checkbox
      size="xs"
      mr={5}
      checked={parameter !== undefined}
      aria-label={t("space.tick", { title })}
      onChange={() => {
        if (parameter !== undefined) untick(parameter.name);
        else tickField(path, schema, getAt(useDraft.getState().recipe, path) ?? schema.default);
      }}
    />
  );
}

function Range({ path, title }: TickProps) {
  const parameter = useStudyDraft(({ space }) => parameterAt(space, path));
  return parameter === undefined ? null : <ParameterEditor parameter={parameter} title={title} />;
}

function Layer({ path, title }: Omit<TickProps, "schema">) {
  return (
    <div className={classes.layer}>
      <LayerBox path={path} title={title} sets="presence" />
      <LayerBox path={path} title={title} sets="repeats" />
    </div>
  );
}

function LayerBox({ path, title, sets }: { readonly path: Path; readonly title: string; readonly sets: "presence" | "repeats" }) {
  const { t } = useTranslation();
  const parameter = useStudyDraft(({ space }) => parameterAt(space, path, sets));
  return (
    <>
      <Checkbox
        size="xs"
        checked={parameter !== undefined}
        label={t(`space.${sets}`)}
        aria-label={t(`space.${sets}Of`, { title })}
        onChange={() => (parameter === undefined ? tickLayer(path, sets) : untick(parameter.name))}
      />
      {parameter !== undefined && sets === "repeats" && <ParameterEditor parameter={parameter} title={t("space.repeatsOf", { title })} />}
    </>
  );
}

export const tickSlots: TickSlots = { Box, Range, Layer };
