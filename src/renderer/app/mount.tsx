/** Mounts the window: styles, language, colours, and the synchronization with the studio. */
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "../styles.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { internal } from "../../shared/kit/fault.ts";
import { cache } from "../api/client.ts";
import { keepLive } from "../api/live.ts";
import { keepDraft } from "../draft/draft.ts";
import { startI18n } from "../i18n/index.ts";
import { cssVariables, theme } from "../theme.ts";
import { keepVisible } from "../ui/visible.ts";
import { App } from "./App.tsx";

export async function mount(): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) throw internal("the page has no root element");
  keepVisible(document.documentElement);
  await startI18n();
  keepLive();
  keepDraft();
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <Notifications position="bottom-right" limit={4} />
        <App />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
