/** The window's frame: the header, what is said about the connection, and the screen that the address names. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useConnectionStatus, useRun } from "../api/client.ts";
import { CodeDialog } from "../code/CodeDialog.tsx";
import { AugmentScreen } from "../features/augment/AugmentScreen.tsx";
import { DataScreen } from "../features/data/DataScreen.tsx";
import { RunsScreen } from "../features/runs/RunsScreen.tsx";
import { WorkbenchScreen } from "../features/workbench/WorkbenchScreen.tsx";
import { PORTALS_ID } from "../theme.ts";
import classes from "./app.module.css";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Header } from "./Header.tsx";
import { NotLetIn } from "./NotLetIn.tsx";
import { Palette } from "./Palette.tsx";
import { type Route, useRoute } from "./route.ts";
import { ShortcutList } from "./ShortcutList.tsx";

export function App() {
  return useConnectionStatus() === "refused" ? <NotLetIn /> : <Studio />;
}

function Studio() {
  const { t } = useTranslation();
  const route = useRoute();
  const runId = route.screen === "workbench" ? route.run : null;
  const { data: run } = useRun(runId);
  const screen = t(`app.${route.screen}`);
  const title = runId !== null && run !== undefined ? `${run.name} · ${t(`status.${run.status}`)}` : screen;
  useEffect(() => {
    document.title = `${title} · Descent`;
  }, [title]);
  return (
    <div className={classes.frame}>
      <button type="button" className="skip-link" onClick={() => document.getElementById("content")?.focus()}>
        {t("app.skip")}
      </button>
      <Header screen={route.screen} openRun={runId} />
      <ConnectionBanner />
      <main id="content" className={classes.main} tabIndex={-1}>
        <ErrorBoundary key={route.screen}>
          <Screen route={route} />
        </ErrorBoundary>
        <div id={PORTALS_ID} />
      </main>
      <CodeDialog />
      <Palette />
      <ShortcutList />
    </div>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case "runs":
      return <RunsScreen />;
    case "workbench":
      return <WorkbenchScreen id={route.run} />;
    case "data":
      return <DataScreen dataset={route.dataset} />;
    case "augment":
      return <AugmentScreen />;
  }
}
