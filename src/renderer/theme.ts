/** The theme of Descent: dense, system fonts, and colours with enough contrast in both schemes (WCAG AA). */
import { Button, type CSSVariablesResolver, createTheme } from "@mantine/core";

/** The element that holds menus, hints and dialogs. It is inside a landmark, so that a screen reader can find them. */
export const PORTALS_ID = "portals";

export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "sm",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: "600", sizes: { h1: { fontSize: "1.125rem" }, h2: { fontSize: "0.9375rem" }, h3: { fontSize: "0.8125rem" } } },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Portal: { defaultProps: { target: `#${PORTALS_ID}` } },
    Button: Button.extend({
      styles: { label: { fontWeight: 500 } },
      vars: (_, { size }) => ({ root: size === "compact-sm" ? { "--button-fz": "0.8125rem", "--button-height": "1.625rem" } : {} }),
    }),
    // The gray of Mantine's own is too faint below a title.
    Notification: { styles: { description: { color: "var(--mantine-color-dimmed)" } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 320, fz: "xs" } },
  },
});

/**
 * Mantine's dimmed, error and placeholder colours are too faint for small text.
 * Training and validation keep their hues (Okabe & Ito 2008, safe for colour-blind readers) and also differ in their strokes.
 */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": colors.gray[7],
    "--mantine-color-error": colors.red[9],
    "--mantine-color-placeholder": colors.gray[7],
    "--mantine-color-anchor": colors.blue[8],
    "--mantine-color-blue-light-hover": colors.blue[1],
    "--descent-surface": "#ffffff",
    "--descent-canvas": colors.gray[0],
    "--descent-line": colors.gray[3],
    "--descent-grid": colors.gray[2],
    "--descent-hover": colors.gray[1],
    "--descent-selected": colors.blue[0],
    "--descent-train": "#0072b2",
    "--descent-validation": "#c04a00",
    "--descent-test": "#5a4fb0",
    "--descent-gap": "#8a3f76",
    "--descent-best": "#00724f",
    "--descent-ok": "#00724f",
    "--descent-warn": "#8f5200",
    "--descent-bad": colors.red[9],
    "--descent-live": "#0b62a4",
  },
  dark: {
    "--mantine-color-dimmed": "#a9adb5",
    "--mantine-color-error": colors.red[4],
    "--mantine-color-placeholder": "#a0a4ac",
    "--mantine-color-anchor": colors.blue[4],
    "--descent-surface": colors.dark[7],
    "--descent-canvas": colors.dark[8],
    "--descent-line": colors.dark[4],
    "--descent-grid": colors.dark[5],
    "--descent-hover": colors.dark[6],
    "--descent-selected": "#1c2f44",
    "--descent-train": "#56b4e9",
    "--descent-validation": "#f0a035",
    "--descent-test": "#b7adff",
    "--descent-gap": "#dd9cc4",
    "--descent-best": "#3fc79a",
    "--descent-ok": "#3fc79a",
    "--descent-warn": "#f0b54a",
    "--descent-bad": colors.red[4],
    "--descent-live": "#6cb8f0",
  },
});
