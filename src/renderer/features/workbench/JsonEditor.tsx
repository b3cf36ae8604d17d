/** The recipe as JSON text with line numbers; what is wrong with the text is said with its line. */
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { JsonError } from "../../forms/jsonPlace.ts";
import classes from "./recipe.module.css";

interface JsonEditorProps {
  readonly text: string;
  readonly error: JsonError | null;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}

export function JsonEditor({ text, error, readOnly, onChange }: JsonEditorProps) {
  const { t } = useTranslation();
  const gutter = useRef<HTMLPreElement>(null);
  const lines = text.split("\n").length;
  return (
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
        value={text}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        aria-label={t("recipe.json")}
        aria-invalid={error !== null}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** In the words that the command line uses for a file that is not JSON. */
export function syntaxProblem({ line, column, found }: JsonError) {
  return {
    place: `recipe:${line}:${column}`,
    expected: "must be JSON",
    received: found ?? "the end of the text",
    remedy: "Correct the text there: commas, quotes and brackets are the usual suspects.",
  };
}
