/** The window's frame: the header, the state of the connection, and the screen that the address names. */
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useConnectionStatus, useRun } from "../api/client.ts";
import { PORTALS_ID } from "../theme.ts";
import { Announcer } from "../ui/Announcer.tsx";
import classes from "./app.module.css";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Header } from "./Header.tsx";
import { NotLetIn } from "./NotLetIn.tsx";
import { type Route, useRoute } from "./route.ts";
import { ShortcutList } from "./ShortcutList.tsx";
import { loadScreens, screens } from "./screens.ts";

const Palette = lazy(() => import("./Palette.tsx").then(({ Palette: component }) => ({ default: component })));
const CodeDialog = lazy(() => import("../code/CodeDialog.tsx").then(({ CodeDialog: component }) => ({ default: component })));

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
  useEffect(loadScreens, []);
  return (
    <div className={classes.frame}>
      <button type="button" className="skip-link" onClick={() => document.getElementById("content")?.focus()}>
        {t("app.skip")}
      </button>
      <Header screen={route.screen} openRun={runId} />
      <ConnectionBanner />
      <Announcer />
      <main id="content" className={classes.main} tabIndex={-1}>
        <ErrorBoundary key={route.screen}>
          <Suspense fallback={<Loading />}>
            <Screen route={route} />
          </Suspense>
        </ErrorBoundary>
        <div id={PORTALS_ID} />
      </main>
      <Suspense>
        <Palette />
      </Suspense>
      <Suspense>
        <CodeDialog />
      </Suspense>
      <ShortcutList />
    </div>
  );
}

/** Usually not visible, because the code of a screen loads quickly. */
function Loading() {
  const { t } = useTranslation();
  return <p className={classes.loading}>{t("app.loading")}</p>;
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case "runs":
      return <screens.runs />;
    case "workbench":
      return <screens.workbench id={route.run} />;
    case "data":
      return <screens.data dataset={route.dataset} />;
    case "augment":
      return <screens.augment />;
    case "tune":
      return <screens.tune study={route.study} />;
  }
}
