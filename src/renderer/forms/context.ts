/** What every field of a form shares: how to change the value, what is wrong with it, and whether it may be changed at all. */
import { type ComponentType, createContext, useContext } from "react";
import { internal, type Problem } from "../../shared/kit/fault.ts";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import type { Path } from "./path.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** A list of things that have a form of their own, with its place in the recipe. */
export interface ListProps {
  readonly path: Path;
  readonly schema: FieldSchema;
  readonly value: unknown;
}

export interface FormSettings {
  readonly readOnly: boolean;
  /** The values a text field may take, where only the studio knows them (the shipped data sets, the columns of a table); null for free text. */
  options(path: Path): readonly Option[] | null;
  /** Names that a text field offers while it is typed into; any other text is as good. */
  suggestions(path: Path): readonly string[];
  /** Why a name of a choice does not suit this recipe, in a few words; null where it does. */
  unsuited(path: Path, name: string): string | null;
  /** Whether a field is left out, because it says nothing about this recipe. */
  hidden(path: Path): boolean;
  set(path: Path, value: unknown): void;
  /** Draws a list whose items are chosen by type: the layers inside a container. */
  readonly TypedList: ComponentType<ListProps>;
}

export const FormContext = createContext<FormSettings | null>(null);
export const ProblemsContext = createContext<readonly Problem[]>([]);

export function useForm(): FormSettings {
  const settings = useContext(FormContext);
  if (settings === null) throw internal("a field stands outside of a form");
  return settings;
}
