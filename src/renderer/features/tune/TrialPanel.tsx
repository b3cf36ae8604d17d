/** The open trial: what it was, what came of it, what can be done with it, and why the sampler proposed it. */
import { Button, CloseButton, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endTrial, recipeOfTrial, repeatTrials } from "../../api/studyActions.ts";
import { hrefOf } from "../../app/route.ts";
import { editRecipe } from "../../draft/open.ts";
import { ProblemCards } from "../../source/FaultText.tsx";
import figures from "../../ui/figures.module.css";
import { TrialStateMark } from "./TrialStateMark.tsx";
import classes from "./trials.module.css";
import tune from "./tune.module.css";
import { useText } from "./useText.ts";
import { useView } from "./view.ts";
import { WhyTrial } from "./WhyTrial.tsx";

export function TrialPanel() {
  const { t } = useTranslation();
  const text = useText();
  const { detail, current, byNumber, open } = useView();
  const [why, setWhy] = useState(true);
  const trial = current === null ? undefined : byNumber.get(current);
  if (trial === undefined) return null;
  const { number, state, origin, point, values, repeats, runs, problems, epochs, totalEpochs } = trial;
  const openAsRecipe = async () => {
    const recipe = await recipeOfTrial(detail.id, number);
    if (recipe !== null) editRecipe(recipe);
  };
  return (
    <section className={classes.panel} aria-label={t("tune.trialNumber", { number })}>
      <div className={classes.panelHead}>
        <h2>{t("tune.trialNumber", { number })}</h2>
        <TrialStateMark state={state} origin={origin} />
        <Text size="xs" c="dimmed" className="tabular">
          {t("tune.epochsOf", { epochs, total: totalEpochs })}
        </Text>
        <CloseButton size="sm" ml="auto" aria-label={t("tune.closeTrial")} onClick={() => open(null)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={classes.panelBody} tabIndex={0} aria-label={t("tune.trialDetails")}>
        <Group gap="xs">
          <Button size="compact-sm" variant="light" onClick={() => void openAsRecipe()}>
            {t("tune.openAsRecipe")}
          </Button>
          {(state === "running" || state === "waiting") && (
            <Button size="compact-sm" variant="default" onClick={() => void endTrial(detail.id, number)}>
              {t("tune.endTrial")}
            </Button>
          )}
          {(state === "failed" || state === "stopped" || state === "completed" || state === "pruned") && (
            <Button size="compact-sm" variant="default" onClick={() => void repeatTrials(detail.id, [number])}>
              {t("tune.repeatTrial")}
            </Button>
          )}
        </Group>
        <ProblemCards problems={problems} />
        <dl className={figures.pair}>
          {detail.objectives.map((facts, index) => (
            <div key={facts.metric} style={{ display: "contents" }}>
              <dt>{text.title(facts)}</dt>
              <dd>
                <b>{text.objective(facts, values?.[index])}</b>
                {repeats.length > 1 && <span className={tune.hint}> {repeats.map((repeat) => text.objective(facts, repeat[index])).join(" · ")}</span>}
              </dd>
            </div>
          ))}
          {Object.entries(point).map(([name, value]) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>{text.value(value)}</dd>
            </div>
          ))}
          {runs.length > 0 && (
            <>
              <dt>{t("tune.runs", { count: runs.length })}</dt>
              <dd>
                {runs.map((run, index) => (
                  <span key={run}>
                    {index > 0 && ", "}
                    <a href={hrefOf({ screen: "workbench", run })}>{t("tune.runNumber", { number: index + 1 })}</a>
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
        <Button size="compact-sm" variant={why ? "light" : "default"} aria-expanded={why} mt={8} mb={4} onClick={() => setWhy(!why)}>
          {t("tune.why")}
        </Button>
        {why && <WhyTrial number={number} />}
      </section>
    </section>
  );
}
