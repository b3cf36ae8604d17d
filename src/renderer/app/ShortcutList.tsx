/** The list of all keyboard shortcuts, opened by "?". */
import { Kbd, Modal } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { create } from "zustand";
import classes from "./app.module.css";

const useOpened = create<{ readonly opened: boolean }>()(() => ({ opened: false }));

export function showShortcuts(): void {
  useOpened.setState({ opened: true });
}

const LIST = [
  ["palette", ["Ctrl K"]],
  ["space", ["Space"]],
  ["json", ["J"]],
  ["edit", ["E"]],
  ["rows", ["↑ ↓", "Space", "Enter"]],
  ["rename", ["F2", "Delete"]],
  ["undo", ["Ctrl Z", "Ctrl ⇧ Z"]],
  ["find", ["/"]],
  ["walkLayers", ["↑ ↓", "Enter"]],
  ["layers", ["Alt ↑ ↓", "Ctrl D", "Delete"]],
  ["insertLayer", ["Ctrl Enter"]],
  ["numbers", ["↑ ↓"]],
  ["charts", ["← →", "+ −", "0"]],
  ["tune", ["Space", "1 … 4", "Esc"]],
  ["help", ["?"]],
] as const;

export function ShortcutList() {
  const { t } = useTranslation();
  const { opened } = useOpened();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (event.key === "?" && !typing) showShortcuts();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <Modal
      opened={opened}
      onClose={() => useOpened.setState({ opened: false })}
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
      size="md"
    >
      <dl className={classes.keys}>
        {LIST.map(([name, keys]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
