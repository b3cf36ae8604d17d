/** The form and the pane beside it. The divider moves by dragging or arrow keys; a double click restores the default width. */
import { useSplitter, useViewportSize } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences } from "../../app/preferences.ts";
import { formWidth, LEAST_FORM, LEAST_PANE } from "./formWidth.ts";
import classes from "./workbench.module.css";

export function Divided({ form, pane }: { readonly form: ReactNode; readonly pane: ReactNode }) {
  const { t } = useTranslation();
  const chosen = usePreferences((preferences) => preferences.formWidth);
  const { width: window } = useViewportSize();
  const width = formWidth(chosen, window);
  const { ref, activeHandle, getHandleProps } = useSplitter<HTMLDivElement>({
    panels: [
      { defaultSize: `${width}px`, min: `${LEAST_FORM}px` },
      { defaultSize: 100, min: `${LEAST_PANE}px` },
    ],
    sizes: [`${width}px`, 100],
    onSizeChange: ([size]) => setPreferences({ formWidth: Math.round(Number.parseFloat(String(size))) }),
    step: "16px",
    shiftStep: "80px",
    resetOnDoubleClick: false,
  });
  const handle = getHandleProps({ index: 0 });
  return (
    <div ref={ref} className={classes.divided} data-dragging={activeHandle >= 0 || undefined} style={{ gridTemplateColumns: `${width}px 1px minmax(0, 1fr)` }}>
      {form}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot have the focus or a value */}
      <div
        {...handle}
        role="separator"
        tabIndex={0}
        aria-valuenow={handle["aria-valuenow"]}
        className={classes.divider}
        aria-label={t("network.divider")}
        title={t("network.divider")}
        onDoubleClick={() => setPreferences({ formWidth: null })}
      />
      {pane}
    </div>
  );
}
