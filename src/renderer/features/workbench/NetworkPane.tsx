/** The right of the workbench before a run: a drawing of the recipe's network, updated as the form changes. */
import { Text, Title } from "@mantine/core";
import { IconChartLine } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../../shared/kit/record.ts";
import { multiplyAdds } from "../../../shared/recipe/multiplyAdds.ts";
import { everyLayer, type LayerPlan, type ModelPlan } from "../../../shared/recipe/plan.ts";
import { setPreferences } from "../../app/preferences.ts";
import { useDraft } from "../../draft/draft.ts";
import { useRecipeCheck } from "../../draft/useRecipeCheck.ts";
import { getAt } from "../../forms/path.ts";
import { showPlace } from "../../forms/shown.ts";
import { NetworkView } from "../../network/NetworkView.tsx";
import { layerAt } from "../../network/walk.ts";
import classes from "./run.module.css";

const LAYERS = ["model", "layers"];

export function NetworkPane() {
  const { t } = useTranslation();
  const recipe = useDraft((draft) => draft.recipe);
  const { plan } = useRecipeCheck(recipe ?? undefined);
  const layers = getAt(recipe, LAYERS);
  const cost = useMemo(() => multiplyAdds(plan?.layers ?? []), [plan]);
  if (plan === null || plan.layers.length === 0) return <Nothing />;
  const whole = Array.isArray(layers) && layers.filter(isRecord).length === plan.layers.length;
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{t("network.title")}</h2>
        <Text size="xs" c="dimmed" className="tabular">
          {t("network.layers", { count: [...everyLayer(plan.layers)].length })} · {t("layers.parameters", { count: plan.parameterCount })} ·{" "}
          {t("network.multiplyAdds", { count: cost })}
        </Text>
        <Text size="xs" c="dimmed">
          {t("network.start")}
        </Text>
      </div>
      {!whole && (
        <Text size="xs" role="status">
          {t("network.partial")}
        </Text>
      )}
      <Drawn plan={plan} whole={whole} />
      <Text size="xs" c="dimmed">
        {t("network.hint")}
      </Text>
    </>
  );
}

function Drawn({ plan, whole }: { readonly plan: ModelPlan; readonly whole: boolean }) {
  const [marked, setMarked] = useState<string | null>(null);

  // Marks the layer whose field has the focus. Listening for focus events needs no other link to the form.
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      const place = target instanceof Element ? target.closest("[data-place]")?.getAttribute("data-place") : null;
      const layer = place ? layerAt(everyLayer(plan.layers), place) : null;
      if (layer !== null) setMarked(layer.name);
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [plan]);

  return <NetworkView plan={plan} whole={whole} marked={marked} onChoose={openInForm} />;
}

function openInForm({ place }: LayerPlan): void {
  setPreferences({ recipeAsJson: false });
  showPlace(() => document, place);
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className={classes.empty}>
      <IconChartLine size={40} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
      <Title order={2}>{t("run.none")}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t("run.noneText")}
      </Text>
    </div>
  );
}
