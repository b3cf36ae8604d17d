/** Shows an error instead of a screen that fails to render; the header and the other screens stay usable. */
import { Button, Code, Stack, Text, Title } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { Translation } from "react-i18next";
import { NotLoaded } from "./screens.ts";

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <Stack align="center" p="xl" role="alert">
            <Title order={2} size="h4">
              {t("app.broken")}
            </Title>
            <Text size="sm">{t("app.brokenWhat")}</Text>
            <Code>{error.message}</Code>
            <Button onClick={() => (error instanceof NotLoaded ? window.location.reload() : this.setState({ error: null }))}>{t("app.again")}</Button>
          </Stack>
        )}
      </Translation>
    );
  }
}
