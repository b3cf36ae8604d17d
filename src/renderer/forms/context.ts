/** What every field of a form shares: how to change the value, its problems, and whether it may be changed at all. */
import { type ComponentType, createContext, useContext } from "react";
import { internal, type Problem } from "../../shared/kit/fault.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import type { Path } from "./path.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A list of items that each have a form, with its place in the recipe. */
export interface ListProps {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
}

/** A field as a slot sees it. */
export interface TickProps {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly title: string;
}

/** What a form shows at its fields while a study is made of them: a box before the label, the range below the control, boxes in a layer. */
export interface TickSlots {
  readonly Box: ComponentType<TickProps>;
  readonly Range: ComponentType<TickProps>;
  readonly Layer: ComponentType<Omit<TickProps, "schema">>;
}

export interface FormSettings {
  readonly readOnly: boolean;
  /** Absent where no study is made. */
  readonly tick?: TickSlots | undefined;
  /** The values that a text field may take if only the studio knows them (shipped data sets, columns of a table); null for free text. */
  options(path: Path): readonly Option[] | null;
  /** Suggestions while typing into a text field; any other text is valid too. */
  suggestions(path: Path): readonly string[];
  /** Why an option does not suit this recipe, in a few words; null if it does. */
  unsuited(path: Path, name: string): string | null;
  /** Whether a field is left out because it does not apply to this recipe. */
  hidden(path: Path): boolean;
  set(path: Path, value: unknown): void;
  /** Renders a list whose items are chosen by type: the layers inside a container. */
  readonly TypedList: ComponentType<ListProps>;
}

export const FormContext = createContext<FormSettings | null>(null);
export const ProblemsContext = createContext<readonly Problem[]>([]);

export function useForm(): FormSettings {
  const settings = useContext(FormContext);
  if (settings === null) throw internal("a field stands outside of a form");
  return settings;
}
