/** The end of a study: the best as a recipe, and whether the winner is real — the best trials and the starting recipe again over fresh seeds. */
import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { recipeOfTrial } from "../../api/studyActions.ts";
import { editRecipe } from "../../draft/open.ts";
import { Pareto } from "./plots/Pareto.tsx";
import classes from "./tune.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";

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
    </>
  );
}
