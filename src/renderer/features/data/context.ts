/** What the sections of a data set's page share: the data, and a function that enlarges one sample. */
import { createContext, useContext } from "react";
import type { Inspection } from "../../../shared/contract/inspection.ts";
import { internal } from "../../../shared/kit/fault.ts";
import type { DatasetFacts, SampleKind } from "../../../shared/recipe/facts.ts";
import type { GuessAlternative } from "../../../shared/recipe/guess.ts";
import type { SourceConfig } from "../../../shared/recipe/sources.ts";
import type { SampleList } from "../../samples/samples.ts";

export interface PageData {
  readonly source: SourceConfig;
  readonly facts: DatasetFacts;
  readonly kind: SampleKind;
  readonly inspection: Inspection | null;
  /** Enlarges one sample of a list; the arrow keys then move through the list. */
  openSample(list: SampleList, position: number): void;
  /** Switches the source to an alternative reading; null unless the data set is the user's own. */
  readonly readInstead: ((alternative: GuessAlternative) => void) | null;
}

export const PageContext = createContext<PageData | null>(null);

export function usePage(): PageData {
  const page = useContext(PageContext);
  if (page === null) throw internal("a section stands outside of a data set's page");
  return page;
}
