/** The learning-rate range test: trains briefly with a growing rate, plots the loss live, and offers the suggested rate or a picked one. */
import { Button, Group, Modal, Progress, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RangeTestPoint, type RangeTestResult, rangeTestStart, rateText, watchLoss } from "../../../shared/math/rangeTest.ts";
import { chosenAlternative, recipeFields } from "../../../shared/recipe/fields.ts";
import { tellError } from "../../api/actions.tsx";
import { client } from "../../api/client.ts";
import { changeDraft, restoreDraft, useDraft } from "../../draft/draft.ts";
import { contentOf } from "../../draft/kept.ts";
import { getAt } from "../../forms/path.ts";
import { offerUndo } from "../../ui/undo.tsx";
import { RangeCurve } from "./RangeCurve.tsx";
import { FROM, STEPS, TO } from "./rangeOf.ts";
import { rangeReason } from "./rangeReason.ts";
import classes from "./rangeTest.module.css";

const RATE = ["optimizer", "lr"];

export function RangeTest({ recipe }: { readonly recipe: unknown }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" leftSection={<IconSearch size={13} aria-hidden />} onClick={() => setOpen(true)}>
        {t("range.find")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} size="xl" title={t("range.title")} closeButtonProps={{ "aria-label": t("app.close") }}>
        {open && <Test recipe={recipe} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

/** The recipe's learning rate, or its optimizer's default if it sets none; null if that is not a positive number. */
function presentRate(recipe: unknown): number | null {
  const optimizer = getAt(recipe, ["optimizer"]);
  const usual = chosenAlternative(recipeFields.properties?.["optimizer"] ?? {}, optimizer)?.properties?.["lr"]?.default;
  const rate = getAt(recipe, RATE) ?? usual;
  return typeof rate === "number" && rate > 0 ? rate : null;
}

/** The test runs while this component is mounted. */
function Test({ recipe, onClose }: { readonly recipe: unknown; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [points, setPoints] = useState<readonly RangeTestPoint[]>([]);
  const [result, setResult] = useState<RangeTestResult | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const asked = useRef(recipe);

  useEffect(() => {
    const left = new AbortController();
    const listen = async () => {
      const drawn: RangeTestPoint[] = [];
      let watch = rangeTestStart;
      for await (const event of await client.recipes.rangeTest({ recipe: asked.current, from: FROM, to: TO, steps: STEPS }, { signal: left.signal })) {
        if (left.signal.aborted) return;
        if (event.type === "result") setResult(event.result);
        else {
          for (const { rate, loss } of event.points) {
            const seen = watchLoss(watch, loss);
            watch = seen.watch;
            if (Number.isFinite(loss)) drawn.push({ rate, loss, smoothed: seen.smoothed });
          }
          setPoints([...drawn]);
        }
      }
    };
    listen().catch((error: unknown) => {
      if (left.signal.aborted) return;
      tellError(error);
      onClose();
    });
    return () => left.abort();
  }, [onClose]);

  const present = presentRate(recipe);
  const suggested = result?.suggestion?.rate ?? null;
  const chosen = picked ?? suggested;
  const take = (rate: number) => {
    const former = contentOf(useDraft.getState());
    changeDraft(RATE, rate);
    offerUndo(t("range.taken", { rate: rateText(rate) }), present === null ? null : t("range.before", { rate: String(present) }), () => restoreDraft(former));
    onClose();
  };
  return (
    <div>
      <Text size="sm" mb="xs">
        {t("range.text")}
      </Text>
      <RangeCurve points={result?.curve ?? points} present={present} suggested={suggested} picked={picked} over={result !== null} onPick={setPicked} />
      <div className={classes.words}>
        {result === null ? (
          <Progress value={(100 * points.length) / STEPS} size="sm" aria-label={t("range.progress", { step: points.length, total: STEPS })} />
        ) : (
          <Text size="sm" role="status" data-verdict={result.verdict}>
            {rangeReason(result, t)}
          </Text>
        )}
        <Text size="xs" c="dimmed" mt={4}>
          {t("range.keys")}
        </Text>
      </div>
      <Group justify="flex-end" mt="sm">
        <Button size="xs" variant="default" onClick={onClose}>
          {result === null ? t("range.cancel") : t("app.close")}
        </Button>
        {chosen !== null && (
          <Button size="xs" data-autofocus onClick={() => take(chosen)}>
            {t("range.use", { rate: rateText(chosen) })}
          </Button>
        )}
      </Group>
    </div>
  );
}
