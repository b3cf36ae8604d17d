/** One problem: a line that opens to its remedy and its items. Samples are shown as images, everything else as rows. */
import { Button } from "@mantine/core";
import { IconAlertTriangle, IconChevronRight, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DataProblem, ProblemItem as Item } from "../../../shared/contract/inspection.ts";
import { inLanguage, type Text } from "../../../shared/kit/words.ts";
import { countText } from "../../../shared/text/numbers.ts";
import { useSamplePages } from "../../api/datasets.ts";
import { SampleCanvas } from "../../samples/SampleCanvas.tsx";
import { theseSamples } from "../../samples/samples.ts";
import figures from "../../ui/figures.module.css";
import { usePage } from "./context.ts";
import classes from "./data.module.css";
import { samplesOf } from "./problemItems.ts";
import problems from "./problems.module.css";

const LOOKS = {
  error: { icon: IconCircleX, color: "var(--descent-bad)" },
  warning: { icon: IconAlertTriangle, color: "var(--descent-warn)" },
  info: { icon: IconInfoCircle, color: "var(--descent-live)" },
} as const;
const FIRST = 24;
const THUMBNAIL = 64;
const THUMBNAIL_SIDE = 96;

/** Texts in the language of the window. */
function useSaid(): (text: Text) => string {
  const { language } = useTranslation().i18n;
  return (text) => inLanguage(text, language);
}

export function ProblemItem({ problem }: { readonly problem: DataProblem }) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { severity, title, remedy, total, items, instead = [] } = problem;
  const { readInstead } = usePage();
  const { icon: Icon, color } = LOOKS[severity];
  return (
    <li className={problems.problem} data-problem-kind={problem.kind}>
      <div className={problems.head}>
        <button type="button" className={problems.line} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
          <IconChevronRight size={14} className={problems.chevron} aria-hidden />
          <span className={problems.severity} style={{ color }}>
            <Icon size={15} aria-hidden />
            {t(`data.problems.severity.${severity}`)}
          </span>
          <span>{said(title)}</span>
          <span className={problems.total}>{countText(total, i18n.language)}</span>
        </button>
        {readInstead !== null &&
          instead.map((alternative) => (
            <Button key={alternative.label.en} size="compact-xs" variant="default" onClick={() => readInstead(alternative)}>
              {said(alternative.label)}
            </Button>
          ))}
      </div>
      {open && (
        <div id={id} className={problems.body}>
          <p>{said(remedy)}</p>
          {items.length > 0 && <Items problem={problem} />}
        </div>
      )}
    </li>
  );
}

function Items({ problem: { title, items, total } }: { readonly problem: DataProblem }) {
  const { t } = useTranslation();
  const { kind } = usePage();
  const [count, setCount] = useState(FIRST);
  const shown = items.slice(0, count);
  const pictures = kind !== "tabular" && items.every(({ sample }) => sample !== null);
  return (
    <>
      {pictures ? <Thumbnails title={title} items={items} count={count} /> : <Rows title={title} items={items} count={count} />}
      <div className={problems.foot}>
        <span className={classes.note}>{t("data.problems.shown", { shown: shown.length, total })}</span>
        {shown.length < items.length && (
          <Button size="compact-xs" variant="subtle" onClick={() => setCount(count * 4)}>
            {t("data.showMore", { count: Math.min(items.length - count, count * 3) })}
          </Button>
        )}
      </div>
    </>
  );
}

interface ItemsProps {
  readonly title: Text;
  readonly items: readonly Item[];
  readonly count: number;
}

/** All samples of the items, so that the arrow keys also reach those not shown; and each item's first position in that list. */
function useSampleList(items: readonly Item[]) {
  return useMemo(() => {
    const groups = items.map(samplesOf);
    let next = 0;
    const begins = groups.map(({ length }) => {
      const begin = next;
      next += length;
      return begin;
    });
    return { groups, begins, list: theseSamples(groups.flat()) };
  }, [items]);
}

function Thumbnails({ title, items, count }: ItemsProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const { source, openSample, kind } = usePage();
  const { groups, begins, list } = useSampleList(items);
  const chunks = Array.from({ length: Math.ceil(Math.min(count, items.length) / FIRST) }, (_, i) => groups.slice(i * FIRST, (i + 1) * FIRST));
  const pages = useSamplePages(
    source,
    chunks.map((chunk) => chunk.flat()),
    kind === "volume" ? 32 : THUMBNAIL_SIDE,
  );
  const views = new Map(pages.flatMap(({ views: some = [] }) => some.map((view) => [view.sample, view] as const)));
  return (
    <ul className={problems.thumbnails} aria-label={t("data.problems.items", { title: said(title) })}>
      {items.slice(0, count).map(({ place, detail }, index) => (
        // A sample can be part of one problem several times.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>
          <button type="button" className={problems.thumbnail} title={`${said(place)}: ${said(detail)}`} onClick={() => openSample(list, begins[index] ?? 0)}>
            <span className={problems.pictures} style={{ height: THUMBNAIL }}>
              {groups[index]?.map((sample) => {
                const view = views.get(sample);
                return view === undefined ? null : <SampleCanvas key={sample} view={view} size={THUMBNAIL} label="" />;
              })}
            </span>
            <span className="visually-hidden">{t("data.problems.openSample", { sample: groups[index]?.[0] ?? 0 })}: </span>
            <span className={problems.detail}>{said(detail)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Rows({ title, items, count }: ItemsProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const { openSample } = usePage();
  const { begins, list } = useSampleList(items);
  return (
    <div className={figures.scroll}>
      <table className={problems.rows} aria-label={t("data.problems.items", { title: said(title) })}>
        <thead>
          <tr>
            <th scope="col">{t("data.problems.place")}</th>
            <th scope="col">{t("data.problems.detail")}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, count).map(({ sample, place, detail }, index) => (
            // A place can be named several times.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={index}>
              <td>
                {sample === null ? (
                  said(place)
                ) : (
                  <button type="button" className={problems.link} onClick={() => openSample(list, begins[index] ?? 0)}>
                    {place === "" ? t("data.problems.openSample", { sample }) : said(place)}
                  </button>
                )}
              </td>
              <td>{said(detail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
