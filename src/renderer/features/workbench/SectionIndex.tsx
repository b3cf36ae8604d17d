/** The list of sections, always visible. It marks the section in view and those with problems. Arrow keys move through it. */
import { type KeyboardEvent, type RefObject, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemsContext } from "../../forms/context.ts";
import { showPlace } from "../../forms/shown.ts";
import classes from "./recipe.module.css";
import { isInSection, placeOf, type Section, type SectionName, sections } from "./sections.ts";

/** A section counts as reached within this distance below the upper edge. */
const EDGE_PX = 40;

export function SectionIndex({ scroll }: { readonly scroll: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const problems = useContext(ProblemsContext);
  const [here, goTo] = useSectionInView(scroll);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const buttons: readonly (Element | null)[] = [...event.currentTarget.querySelectorAll("button")];
    const from = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const next = to === undefined ? undefined : buttons[to];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  };
  const jump = (section: Section) => {
    goTo(section.name);
    showPlace(() => scroll.current, placeOf(section), { block: "start" });
  };
  return (
    <nav className={classes.index} aria-label={t("form.index")} title={t("form.indexTitle")} onKeyDown={walk}>
      {sections.map((section) => {
        const bad = problems.filter(({ place }) => isInSection(section, place)).length;
        const current = section.name === here;
        return (
          <button
            key={section.name}
            type="button"
            tabIndex={current ? 0 : -1}
            aria-current={current ? "location" : undefined}
            data-bad={bad > 0 || undefined}
            onClick={() => jump(section)}
          >
            {t(`recipe.section.${section.name}`)}
            {bad > 0 && (
              <span className={classes.badge}>
                {bad}
                <span className="visually-hidden"> {t("form.problemsHere")}</span>
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}

/**
 * The last section whose heading has reached the upper edge; the very last at the end of the form. A section that was jumped to counts as
 * reached, even if the form below it is too short to scroll its heading to the edge.
 */
function useSectionInView(scroll: RefObject<HTMLElement | null>): readonly [SectionName, (name: SectionName) => void] {
  const [here, setHere] = useState<SectionName>(sections[0]?.name ?? "about");
  // Ignore the scroll event that a jump causes.
  const going = useRef(false);
  useEffect(() => {
    const pane = scroll.current;
    if (pane === null) return;
    const look = () => {
      if (going.current) {
        going.current = false;
        return;
      }
      const edge = pane.getBoundingClientRect().top + EDGE_PX;
      const found = [...pane.querySelectorAll<HTMLElement>("[data-section]")].filter((each) => each.getBoundingClientRect().top <= edge).at(-1);
      const atEnd = pane.scrollTop > 0 && pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 2;
      const section = atEnd ? sections.at(-1) : sections.find(({ name }) => name === found?.dataset["section"]);
      if (section !== undefined) setHere(section.name);
    };
    look();
    pane.addEventListener("scroll", look, { passive: true });
    return () => pane.removeEventListener("scroll", look);
  }, [scroll]);
  const goTo = (name: SectionName) => {
    going.current = true;
    setHere(name);
  };
  return [here, goTo];
}
