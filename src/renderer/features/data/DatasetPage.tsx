/** The page of one data set: its summary and the results of its inspection, first from some samples and then from all. */
import { Badge, Button, Progress, Text } from "@mantine/core";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { sampleKind } from "../../../shared/recipe/facts.ts";
import { withAlternative } from "../../../shared/recipe/guess.ts";
import { durationText } from "../../../shared/text/durations.ts";
import { tellError } from "../../api/actions.tsx";
import { changeDataset, changeDatasetWithUndo, type InspectionState, useFacts, useInspection } from "../../api/datasets.ts";
import type { SampleList } from "../../samples/samples.ts";
import { FaultText } from "../../source/FaultText.tsx";
import { GuessList } from "../../source/GuessList.tsx";
import { SourceDialog } from "../../source/SourceDialog.tsx";
import { ColumnsSection } from "./ColumnsSection.tsx";
import { PageContext, type PageData } from "./context.ts";
import { DatasetHeader } from "./DatasetHeader.tsx";
import classes from "./data.module.css";
import type { Entry } from "./entries.ts";
import { GallerySection } from "./GallerySection.tsx";
import { MeansSection } from "./MeansSection.tsx";
import { ProblemsSection } from "./ProblemsSection.tsx";
import { AssociationsSection, CorrelationsSection, ProjectionSection } from "./RelationSections.tsx";
import { SampleDialog } from "./SampleDialog.tsx";
import { TargetSection } from "./TargetSection.tsx";
import { ValuesSection } from "./ValuesSection.tsx";

interface DatasetPageProps {
  readonly entry: Entry;
  readonly renaming: boolean;
  readonly onRenaming: (renaming: boolean) => void;
}

interface Shown {
  readonly list: SampleList;
  readonly position: number;
}

export function DatasetPage({ entry, renaming, onRenaming }: DatasetPageProps) {
  const { t } = useTranslation();
  const { source, name, own } = entry;
  const state = useInspection(source);
  const { inspection } = state;
  const asked = useFacts(entry.facts === null ? source : null);
  const facts = inspection?.facts ?? entry.facts ?? asked.data ?? null;
  const [sample, setSample] = useState<Shown | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const [changing, setChanging] = useState(false);
  const editable = own !== null && source.type !== "synthetic";
  const data = useMemo<PageData | null>(
    () =>
      facts === null
        ? null
        : {
            source,
            facts,
            kind: inspection?.kind ?? sampleKind(facts.sampleShape),
            inspection,
            openSample: (list, position) => setSample({ list, position }),
            readInstead:
              own === null
                ? null
                : (alternative) => void changeDatasetWithUndo({ id: own, name, source }, withAlternative(source, alternative)).catch(tellError),
          },
    [source, facts, inspection, own, name],
  );
  const sections = data === null ? [] : sectionsOf(data, name);
  const reveal = (section: string) => {
    const found = page.current?.querySelector<HTMLElement>(`[data-section="${section}"]`);
    found?.scrollIntoView({ block: "start" });
    found?.focus({ preventScroll: true });
  };
  return (
    <div className={classes.page} ref={page}>
      <DatasetHeader
        entry={entry}
        facts={facts}
        inspection={inspection}
        renaming={renaming}
        onRenaming={onRenaming}
        onChangeSource={editable ? () => setChanging(true) : null}
      />
      <div className={classes.judged}>
        <GuessList
          guesses={facts?.guesses ?? []}
          source={source}
          settled={facts !== null}
          onChange={own === null ? undefined : (next) => void changeDataset(own, next).catch(tellError)}
        />
      </div>
      <Status state={state} sections={sections} onReveal={reveal} />
      {state.error !== null && <Failure error={state.error} onChangeSource={editable ? () => setChanging(true) : null} />}
      {changing && own !== null && (
        <SourceDialog
          start={{ source, facts }}
          title={t("data.source.dialog", { name })}
          note={t("data.source.runsKeep")}
          onChange={(next) => changeDatasetWithUndo({ id: own, name, source }, next)}
          onClose={() => setChanging(false)}
        />
      )}
      {data !== null && (
        <PageContext value={data}>
          <div className={classes.sections}>{sections.map(({ content }) => content)}</div>
          {sample !== null && (
            <SampleDialog
              list={sample.list}
              position={sample.position}
              onMove={(position) => setSample({ list: sample.list, position })}
              onClose={() => setSample(null)}
            />
          )}
        </PageContext>
      )}
    </div>
  );
}

type SectionName = "problems" | "gallery" | "target" | "values" | "means" | "columns" | "correlations" | "associations" | "projection";

interface PlacedSection {
  readonly name: SectionName;
  readonly content: ReactNode;
}

/** Only sections with something to show. The samples need no inspection. */
function sectionsOf({ inspection, kind }: PageData, name: string): readonly PlacedSection[] {
  const gallery: PlacedSection = { name: "gallery", content: <GallerySection key="gallery" /> };
  if (inspection === null) return [gallery];
  const { target, means, columns, correlations, associations, projection } = inspection;
  const table = kind === "tabular";
  const projected: PlacedSection | null =
    projection === null || projection.points.length === 0
      ? null
      : { name: "projection", content: <ProjectionSection key="projection" projection={projection} target={target} half={table} /> };
  const found: readonly (PlacedSection | null)[] = [
    { name: "problems", content: <ProblemsSection key="problems" inspection={inspection} name={name} /> },
    gallery,
    { name: "target", content: <TargetSection key="target" target={target} half={!table || projected !== null} /> },
    // For a table, the columns section shows the values.
    table ? projected : { name: "values", content: <ValuesSection key="values" inspection={inspection} /> },
    means === null || table ? null : { name: "means", content: <MeansSection key="means" means={means} target={target} /> },
    columns.length === 0 ? null : { name: "columns", content: <ColumnsSection key="columns" columns={columns} /> },
    hasPairs(correlations) ? { name: "correlations", content: <CorrelationsSection key="correlations" correlations={correlations} /> } : null,
    associations.length === 0 ? null : { name: "associations", content: <AssociationsSection key="associations" associations={associations} /> },
    table ? null : projected,
  ];
  return found.filter((section) => section !== null);
}

function hasPairs(correlations: Inspection["correlations"]): correlations is NonNullable<Inspection["correlations"]> {
  return correlations !== null && correlations.names.length > 1;
}

interface StatusProps {
  readonly state: InspectionState;
  readonly sections: readonly PlacedSection[];
  readonly onReveal: (section: string) => void;
}

/** Whether the results cover all of the data, the progress of the inspection, and links to all sections. */
function Status({ state: { inspection, progress, running }, sections, onReveal }: StatusProps) {
  const { t } = useTranslation();
  const exact = inspection?.exact ?? false;
  const percent = progress === null || progress.total === 0 ? 0 : Math.floor((100 * progress.done) / progress.total);
  const doing = progress === null ? t("data.inspect.starting") : t("data.inspect.progress", { doing: progress.doing, percent });
  return (
    <div className={classes.status}>
      {inspection !== null && (
        <Badge
          variant="outline"
          radius="sm"
          tt="none"
          fw={500}
          color="gray"
          c="var(--mantine-color-text)"
          title={exact ? t("data.inspect.exactTitle", { time: durationText(inspection.seconds * 1000) }) : t("data.inspect.firstTitle")}
        >
          {t(exact ? "data.inspect.exact" : "data.inspect.first", { count: inspection.samplesSeen })}
        </Badge>
      )}
      {running && !exact && (
        <>
          <Progress w={160} size="sm" value={percent} aria-label={t("data.inspect.label")} transitionDuration={0} />
          <Text size="xs" c="dimmed" className="tabular">
            {doing}
          </Text>
        </>
      )}
      {sections.length > 1 && (
        <nav className={classes.jumps} aria-label={t("data.sections")}>
          {sections.map(({ name }) => (
            <Button key={name} size="compact-xs" variant="subtle" color="gray" onClick={() => onReveal(name)}>
              {t(`data.${name}.title`)}
            </Button>
          ))}
        </nav>
      )}
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly onChangeSource: (() => void) | null;
}

function Failure({ error, onChangeSource }: FailureProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.failure}>
      <h3>{t("data.inspect.failed")}</h3>
      <FaultText error={error} />
      {onChangeSource !== null && (
        <Button size="compact-sm" variant="default" mt={4} onClick={onChangeSource}>
          {t("data.source.change")}
        </Button>
      )}
    </div>
  );
}
