/** The end of a study: the best as a recipe, and whether the winner is real — the best trials and the starting recipe again over fresh seeds. */
import { Button, Group, NumberInput, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Confirmation } from "../../../shared/contract/studies.ts";
import { useConfirmation } from "../../api/studies.ts";
import { confirmWinner, recipeOfTrial } from "../../api/studyActions.ts";
import { useWords } from "../../catalog/useWords.ts";
import { editRecipe } from "../../draft/open.ts";
import { ConfirmationPlot } from "./plots/ConfirmationPlot.tsx";
import { Pareto } from "./plots/Pareto.tsx";
import classes from "./tune.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

const [USUAL_BEST, USUAL_SEEDS] = [2, 5];

export function WinnerPane() {
  const { t } = useTranslation();
  const text = useText();
  const { detail, open } = useView();
  const { best, objectives, id } = detail;
  const first = objectives[0];
  const openBest = async () => {
    if (best === null) return;
    const recipe = await recipeOfTrial(id, best.number);
    if (recipe !== null) editRecipe(recipe);
  };
  return (
    <>
      <section className={classes.card} aria-label={t("tune.best")}>
        <h2>{t("tune.best")}</h2>
        {best === null || first === undefined ? (
          <Text size="sm" c="dimmed">
            {t("tune.noBestYet")}
          </Text>
        ) : (
          <>
            <Text size="sm">{t("tune.bestIs", { value: text.objective(first, best.values[0]), number: best.number })}</Text>
            <Group gap="xs" mt={6}>
              <Button size="compact-sm" onClick={() => void openBest()}>
                {t("tune.openBest")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => open(best.number)}>
                {t("tune.showTrial")}
              </Button>
            </Group>
          </>
        )}
      </section>
      {objectives.length > 1 && <Pareto />}
      {best !== null && <IsItReal />}
    </>
  );
}

function IsItReal() {
  const { t } = useTranslation();
  const { detail } = useView();
  const { data } = useConfirmation(detail.id);
  const [best, setBest] = useState<number | string>(USUAL_BEST);
  const [seeds, setSeeds] = useState<number | string>(USUAL_SEEDS);
  const running = data?.state === "running";
  const ready = typeof best === "number" && typeof seeds === "number" && !running;
  return (
    <section className={classes.card} aria-label={t("tune.isItReal")}>
      <h2>{t("tune.isItReal")}</h2>
      <Text size="xs" c="dimmed">
        {t("tune.isItRealHelp")}
      </Text>
      <Group gap="xs" align="end" my={6}>
        <NumberInput size="xs" w={120} label={t("tune.bestTrials")} min={1} max={10} allowDecimal={false} value={best} onChange={setBest} />
        <NumberInput size="xs" w={120} label={t("tune.seeds")} min={2} max={100} allowDecimal={false} value={seeds} onChange={setSeeds} />
        <Button
          size="xs"
          variant="default"
          loading={running}
          disabled={!ready}
          onClick={() => typeof best === "number" && typeof seeds === "number" && void confirmWinner(detail.id, best, seeds)}
        >
          {t("tune.trainAgain")}
        </Button>
      </Group>
      {data != null && <Result confirmation={data} />}
    </section>
  );
}

function Result({ confirmation }: { readonly confirmation: Confirmation }) {
  const { t } = useTranslation();
  const words = useWords();
  const text = useText();
  const { detail } = useView();
  const facts = detail.objectives[0];
  if (facts === undefined) return null;
  const nameOf = (number: number | null) => (number === null ? t("tune.startingRecipe") : t("tune.trialNumber", { number }));
  return (
    <>
      {confirmation.verdict !== null && (
        <Text size="sm" fw={600} role="status">
          {words.of(confirmation.verdict)}
        </Text>
      )}
      <ConfirmationPlot candidates={confirmation.candidates.map(({ number, ...rest }) => ({ ...rest, name: nameOf(number) }))} facts={facts} />
      <ul className={classes.changes}>
        {confirmation.differences.map(({ to, mean, low, high }) => (
          <li key={String(to)}>
            {t("tune.differenceTo", {
              name: nameOf(to),
              mean: text.difference(facts, mean),
              low: text.difference(facts, low),
              high: text.difference(facts, high),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
