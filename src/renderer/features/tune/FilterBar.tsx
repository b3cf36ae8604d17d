/** What narrows the selection besides the plots: chips for states, the best percent, and every brush as numbers. */
import { Button, Slider, UnstyledButton } from "@mantine/core";
import { IconCheck, IconFilter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TrialState } from "../../../shared/contract/studies.ts";
import { editStudy } from "../../api/studyActions.ts";
import chip from "../../ui/chip.module.css";
import { AxisFilters } from "./AxisFilters.tsx";
import { narrowedSpace } from "./model/narrow.ts";
import { everything, isEverything, toggleState } from "./model/selection.ts";
import classes from "./tune.module.css";
import { useView } from "./view.ts";

const STATES: readonly TrialState[] = ["completed", "pruned", "running", "waiting", "failed", "stopped"];

export function FilterBar() {
  const { t } = useTranslation();
  const { detail, trials, selection, select, selected } = useView();
  const [opened, setOpened] = useState(false);
  const counts = new Map<TrialState, number>();
  for (const { state } of trials) counts.set(state, (counts.get(state) ?? 0) + 1);
  const narrowed = narrowedSpace(detail.study.space, selection.brushes);
  return (
    <div className={classes.filters}>
      <fieldset className={classes.chips} aria-label={t("tune.states")}>
        {STATES.filter((state) => counts.has(state) || selection.hidden.includes(state)).map((state) => {
          const shown = !selection.hidden.includes(state);
          return (
            <UnstyledButton key={state} className={chip.chip} data-state={state} aria-pressed={shown} onClick={() => select(toggleState(selection, state))}>
              {shown && <IconCheck size={11} aria-hidden />}
              {t(`tune.state.${state}`)} <span className="tabular">{counts.get(state) ?? 0}</span>
            </UnstyledButton>
          );
        })}
      </fieldset>
      <div className={classes.top}>
        <span id="tune-top">{t("tune.top", { percent: selection.top })}</span>
        <Slider
          size="sm"
          w={110}
          min={1}
          max={100}
          label={null}
          thumbProps={{ "aria-labelledby": "tune-top" }}
          value={selection.top}
          onChange={(top) => select({ ...selection, top })}
        />
      </div>
      <Button
        size="compact-xs"
        variant={opened ? "light" : "subtle"}
        color="gray"
        aria-expanded={opened}
        leftSection={<IconFilter size={12} aria-hidden />}
        onClick={() => setOpened(!opened)}
      >
        {t("tune.byNumbers")}
      </Button>
      <span role="status" className="tabular">
        {t("tune.selected", { count: trials.length, selected: selected.size })}
      </span>
      {!isEverything(selection) && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => select(everything)}>
          {t("tune.clearSelection")}
        </Button>
      )}
      {narrowed !== null && (
        <Button
          size="compact-xs"
          variant="light"
          title={t("tune.narrowHelp")}
          onClick={() => void editStudy(detail.id, { space: [...narrowed] }, { space: detail.study.space }, t("tune.said.narrowed"))}
        >
          {t("tune.narrow")}
        </Button>
      )}
      {opened && <AxisFilters />}
    </div>
  );
}
