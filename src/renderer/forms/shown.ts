/** The field that the form was asked to show: everything folded around it opens. */
import { create } from "zustand";
import { isWithin } from "./problems.ts";
import { type Reveal, revealPlace } from "./reveal.ts";

/** `asked` counts the requests; the place is reset to empty once it is shown. */
export const useShown = create<{ readonly place: string; readonly asked: number }>()(() => ({ place: "", asked: 0 }));

/** Opens what is folded around a place, scrolls to it and focuses it. */
export function showPlace(root: () => ParentNode | null, place: string, how: Reveal = {}): void {
  useShown.setState(({ asked }) => ({ place, asked: asked + 1 }));
  requestAnimationFrame(() => {
    const page = root();
    if (page !== null) revealPlace(page, place, how);
    useShown.setState({ place: "" });
  });
}

/** The number of the request for a field within these places; 0 if there is none. */
export function useAsked(places: readonly string[]): number {
  return useShown(({ place, asked }) => (place !== "" && places.some((within) => isWithin(place, within)) ? asked : 0));
}
