/** The header: the current screen, the runs that train, the command palette, appearance and language. */
import { ActionIcon, Button, Kbd, Menu, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconDeviceDesktop, IconKeyboard, IconMoon, IconSearch, IconSettings, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useRuns } from "../api/client.ts";
import { showRecipe } from "../draft/draft.ts";
import classes from "./app.module.css";
import { setPreferences, usePreferences } from "./preferences.ts";
import { hrefOf, type Route } from "./route.ts";
import { showShortcuts } from "./ShortcutList.tsx";

interface HeaderProps {
  readonly screen: Route["screen"];
  readonly openRun: string | null;
}

const isMac = navigator.platform.startsWith("Mac");

export function Header({ screen, openRun }: HeaderProps) {
  const { t } = useTranslation();
  const { data: runs } = useRuns();
  const training = runs?.filter(({ status }) => status === "running") ?? [];
  const first = training[0];
  return (
    <header className={classes.header}>
      <span className={classes.brand}>
        <img src="/icon.svg" width={20} height={20} alt="" />
        Descent
      </span>
      <nav className={classes.nav} aria-label={t("app.navigation")}>
        <a className={classes.link} href={hrefOf({ screen: "runs" })} aria-current={screen === "runs" ? "page" : undefined}>
          {t("app.runs")}
        </a>
        <a className={classes.link} href={hrefOf({ screen: "workbench", run: openRun })} aria-current={screen === "workbench" ? "page" : undefined}>
          {t("app.workbench")}
        </a>
        <a className={classes.link} href={hrefOf({ screen: "data", dataset: null })} aria-current={screen === "data" ? "page" : undefined}>
          {t("app.data")}
        </a>
        <a className={classes.link} href={hrefOf({ screen: "augment" })} aria-current={screen === "augment" ? "page" : undefined}>
          {t("app.augment")}
        </a>
        <a className={classes.link} href={hrefOf({ screen: "tune", study: null })} aria-current={screen === "tune" ? "page" : undefined}>
          {t("app.tune")}
        </a>
      </nav>
      <div role="status" style={{ flex: 1, minWidth: 0 }}>
        {first !== undefined && (
          <a className={classes.training} href={hrefOf({ screen: "workbench", run: first.id })} title={t("app.showRun")} onClick={() => showRecipe("run")}>
            <span className={classes.dot} aria-hidden />
            {t("app.running", { count: training.length })}
          </a>
        )}
      </div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">{isMac ? "⌘K" : "Ctrl K"}</Kbd>}
        title={t("app.palette")}
        onClick={() => spotlight.open()}
      >
        {t("app.paletteHint")}
      </Button>
      <Settings />
    </header>
  );
}

function Settings() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = usePreferences((preferences) => preferences.language);
  const schemes = [
    { value: "light", label: t("app.themeLight"), icon: <IconSun size={15} /> },
    { value: "dark", label: t("app.themeDark"), icon: <IconMoon size={15} /> },
    { value: "auto", label: t("app.themeSystem"), icon: <IconDeviceDesktop size={15} /> },
  ] as const;
  const languages = [
    { value: "en", label: t("palette.english") },
    { value: "ko", label: t("palette.korean") },
  ] as const;
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <ActionIcon variant="default" size={26} aria-label={t("app.settings")}>
          <IconSettings size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("app.theme")}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value === "light" || value === "dark" ? value : "auto")}>
          {schemes.map(({ value, label, icon }) => (
            <Menu.RadioItem key={value} value={value} rightSection={icon} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("app.language")}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => setPreferences({ language: value === "ko" ? "ko" : "en" })}>
          {languages.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} lang={value} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={15} aria-hidden />} rightSection={<Kbd size="xs">?</Kbd>} onClick={showShortcuts}>
          {t("app.shortcuts")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
