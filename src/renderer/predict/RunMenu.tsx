/** Actions on a trained network: predict and export. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconFileExport, IconTargetArrow } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../shared/contract/runs.ts";
import { ExportDialog } from "./ExportDialog.tsx";
import { PredictDialog } from "./PredictDialog.tsx";

export function RunMenu({ run }: { readonly run: Pick<RunSummary, "id" | "name"> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"predict" | "export" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={26} aria-label={t("predict.menu", { name: run.name })} title={t("predict.menuTitle")}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTargetArrow size={15} aria-hidden />} onClick={() => setOpen("predict")}>
            {t("predict.open")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={15} aria-hidden />} onClick={() => setOpen("export")}>
            {t("predict.export.open")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "predict" && <PredictDialog run={run} onClose={close} />}
      {open === "export" && <ExportDialog run={run} onClose={close} />}
    </>
  );
}
