/** The recipe as JSON text with line numbers. A strip that is always visible below it shows the line of a syntax error, with a caret. */
import { Text } from "@mantine/core";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../../shared/kit/fault.ts";
import { say } from "../../../shared/kit/say.ts";
import { type JsonError, jsonExcerpt } from "../../forms/jsonPlace.ts";
import classes from "./recipe.module.css";
import { changedUntil } from "./textChange.ts";

interface JsonEditorProps {
  readonly text: string;
  readonly error: JsonError | null;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}

export function JsonEditor({ text, error, readOnly, onChange }: JsonEditorProps) {
  const { t } = useTranslation();
  const gutter = useRef<HTMLPreElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const typed = useCaretAtChange(area, text);
  const lines = text.split("\n").length;
  return (
    <div className={classes.json} data-draft>
      <div className={classes.editor}>
        <pre className={classes.gutter} ref={gutter} aria-hidden>
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line number is its index
            <span key={index} data-bad={error?.line === index + 1 || undefined}>
              {index + 1}
            </span>
          ))}
        </pre>
        <textarea
          className={classes.text}
          ref={area}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          aria-label={t("recipe.json")}
          aria-invalid={error !== null}
          aria-describedby={readOnly ? undefined : "json-state"}
          onChange={(event) => {
            typed.current = event.currentTarget.value;
            onChange(event.currentTarget.value);
          }}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      {!readOnly && <JsonState text={text} error={error} />}
    </div>
  );
}

function JsonState({ text, error }: Pick<JsonEditorProps, "text" | "error">) {
  const { t } = useTranslation();
  if (error === null)
    return (
      <div id="json-state" className={classes.jsonState}>
        <Text size="xs" c="dimmed">
          {t("form.jsonSound")}
        </Text>
      </div>
    );
  const { line, caret } = jsonExcerpt(text, error);
  return (
    <div id="json-state" className={classes.jsonState} data-bad>
      <p>
        <b>{t("form.syntaxAt", { line: error.line, column: error.column })}</b>
        {". "}
        {error.found === null ? t("form.syntaxEnd") : t("form.syntaxText", { found: error.found })}
      </p>
      <pre aria-hidden>
        {line}
        {"\n"}
        {caret}
      </pre>
    </div>
  );
}

/** After a change other than typing (such as an undo), puts the caret at the change instead of at the end of the text. */
function useCaretAtChange(area: RefObject<HTMLTextAreaElement | null>, text: string): RefObject<string> {
  const shown = useRef(text);
  const typed = useRef(text);
  useLayoutEffect(() => {
    if (text !== typed.current) {
      const place = changedUntil(shown.current, text);
      area.current?.setSelectionRange(place, place);
    }
    shown.current = text;
    typed.current = text;
  }, [area, text]);
  return typed;
}

/** A JSON syntax error, worded as on the command line. */
export function syntaxProblem({ line, column, found }: JsonError): Problem {
  return {
    place: `recipe:${line}:${column}`,
    expected: say`must be JSON`,
    received: found ?? say`the end of the text`,
    remedy: say`Correct the text there: commas, quotes and brackets are the usual causes.`,
  };
}
