/** Whether the current source can be read, in one line that screen readers announce. */
import { Loader } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./source.module.css";

export function Verdict({ checking, bad }: { readonly checking: boolean; readonly bad: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.verdict} role="status" style={{ color: checking ? undefined : bad ? "var(--descent-bad)" : "var(--descent-ok)" }}>
      {checking ? <Loader size={14} aria-hidden /> : bad ? <IconAlertTriangle size={15} aria-hidden /> : <IconCircleCheck size={15} aria-hidden />}
      {t(checking ? "data.import.checking" : bad ? "data.import.misfits" : "data.import.fits")}
    </div>
  );
}
