/** What the reader guessed because the source leaves it open: one sentence each, with a button per alternative. */
import { Button } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconHelpCircle } from "@tabler/icons-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../shared/kit/record.ts";
import { inLanguage } from "../../shared/kit/words.ts";
import type { Guess, GuessAlternative } from "../../shared/recipe/guess.ts";
import { type GuessItem, guessItems, type Source, take, takeBack } from "./guesses.ts";
import classes from "./source.module.css";

interface GuessListProps {
  /** From the facts that are known. */
  readonly guesses: readonly Guess[];
  readonly source: unknown;
  /** True if these guesses belong to this source; false if they belong to the previous one while this one is being read. */
  readonly settled: boolean;
  /** Absent if the source cannot be changed. */
  readonly onChange?: ((source: Source) => void) | undefined;
}

/** The focus after the buttons of an item have changed. */
interface Focus {
  readonly key: string;
  readonly taken: boolean;
}

export function GuessList({ guesses, source, settled, onChange }: GuessListProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const focus = useRef<Focus | null>(null);
  const [former, setFormer] = useState<readonly GuessItem[]>([]);
  const [told, setTold] = useState("");
  const given = isRecord(source) ? source : {};
  const items = guessItems(former, guesses, given, settled);
  useEffect(() => {
    const wanted = focus.current;
    if (wanted === null) return;
    const item = [...(list.current?.children ?? [])].find((each) => each.getAttribute("data-guess") === wanted.key);
    if (item === undefined || item.hasAttribute("data-taken") !== wanted.taken) return;
    focus.current = null;
    item.querySelector("button")?.focus();
  });
  if (items.length === 0) return null;

  const choose = ({ key }: GuessItem, alternative: GuessAlternative) => {
    const changed = take(items, key, given, alternative);
    setFormer(changed.items);
    setTold(t("data.source.changed", { label: inLanguage(alternative.label, i18n.language) }));
    focus.current = { key, taken: true };
    onChange?.(changed.source);
  };
  const undo = ({ key, taken }: GuessItem) => {
    if (taken === null) return;
    setFormer(items);
    setTold(t("data.source.tookBack", { label: inLanguage(taken.alternative.label, i18n.language) }));
    focus.current = { key, taken: false };
    onChange?.(takeBack(given, taken));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a list of sentences is no fieldset
    <div className={classes.guesses} role="group" aria-labelledby={id}>
      <h3 id={id}>{t("data.source.guesses")}</h3>
      <ul ref={list}>
        {items.map((item) => (
          <li key={item.key} data-guess={item.key} data-taken={item.taken === null ? undefined : true}>
            {item.taken === null ? (
              <>
                <p>
                  <IconHelpCircle size={15} aria-hidden />
                  <span>{inLanguage(item.guess.said, i18n.language)}</span>
                </p>
                {onChange !== undefined && (
                  <div className={classes.alternatives}>
                    {item.guess.instead.map((alternative) => (
                      <Button key={alternative.label.en} size="compact-xs" variant="default" onClick={() => choose(item, alternative)}>
                        {inLanguage(alternative.label, i18n.language)}
                      </Button>
                    ))}
                  </div>
                )}
              </>
            ) : (
              <>
                <p>
                  <IconCheck size={15} aria-hidden />
                  <span>{t("data.source.changed", { label: inLanguage(item.taken.alternative.label, i18n.language) })}</span>
                </p>
                <div className={classes.alternatives}>
                  <Button size="compact-xs" variant="default" leftSection={<IconArrowBackUp size={13} aria-hidden />} onClick={() => undo(item)}>
                    {t("data.source.takeBack")}
                  </Button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
      <p role="status" className="visually-hidden">
        {told}
      </p>
    </div>
  );
}
