/** A chart's menu: save or copy it as an image, save its values, and include outliers in its scale. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconPhotoDown, IconTableExport } from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { tellError } from "../api/actions.tsx";
import { saveBlob, saveText } from "../api/saveFile.ts";
import { chartImage, copyImage } from "./chartImage.ts";
import { type CsvColumn, seriesCsv } from "./seriesCsv.ts";

interface ChartMenuProps {
  readonly title: string;
  /** The files' name without extension. */
  readonly fileName: string;
  readonly panel: RefObject<HTMLElement | null>;
  readonly readColumns: () => Promise<readonly CsvColumn[]>;
}

export function ChartMenu({ title, fileName, panel, readColumns }: ChartMenuProps) {
  const { t } = useTranslation();
  const attempt = (work: (panel: HTMLElement) => Promise<void>) => () => {
    if (panel.current !== null) work(panel.current).catch(tellError);
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("chart.menu", { title })} data-no-image>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPhotoDown size={15} aria-hidden />}
          onClick={attempt(async (element) => saveBlob(`${fileName}.png`, await chartImage(element)))}
        >
          {t("chart.saveImage")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={attempt(copyImage)}>
          {t("chart.copyImage")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTableExport size={15} aria-hidden />}
          onClick={attempt(async () => saveText(`${fileName}.csv`, "text/csv", seriesCsv(await readColumns())))}
        >
          {t("chart.saveCsv")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
