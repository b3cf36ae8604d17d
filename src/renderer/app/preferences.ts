/** The user's preferences: kept in this browser, across reloads. Mantine keeps the colour scheme. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import { type Preferences, readPreferences } from "./storedPreferences.ts";

export const usePreferences = create<Preferences>()(
  persist(() => readPreferences(null, navigator.language), {
    name: "descent.preferences",
    merge: (stored) => readPreferences(stored, navigator.language),
  }),
);

export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
