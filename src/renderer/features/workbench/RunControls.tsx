/** Pause and resume (one button, so that Space does both), and stop; more epochs for a complete run. */
import { Button, Group, Tooltip } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../../shared/contract/runs.ts";
import { isActive, isResumable, stopRun, toggleRun, useBusy } from "../../api/actions.tsx";
import { useConnectionStatus } from "../../api/client.ts";
import { MoreEpochs } from "./MoreEpochs.tsx";

export function RunControls({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const busy = useBusy(({ runs }) => runs.has(run.id));
  const connected = useConnectionStatus() === "open";
  const active = isActive(run.status);
  if (run.status === "completed") return <MoreEpochs run={run} />;
  if (!active && !isResumable(run.status)) return null;
  return (
    <Group gap={6}>
      <Tooltip label={active ? t("run.pauseTitle") : t("run.resumeTitle")}>
        <Button
          size="compact-sm"
          variant={active ? "default" : "filled"}
          loading={busy}
          disabled={!connected}
          leftSection={active ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
          onClick={() => toggleRun(run)}
        >
          {active ? t("run.pause") : t("run.resume")}
        </Button>
      </Tooltip>
      {run.status !== "stopped" && run.status !== "failed" && (
        <Tooltip label={t("run.stopTitle")}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy || !connected}
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            onClick={() => void stopRun(run.id)}
          >
            {t("run.stop")}
          </Button>
        </Tooltip>
      )}
    </Group>
  );
}
