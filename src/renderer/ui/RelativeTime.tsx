/** How long ago something happened, with the exact time on hover; updates by itself. */
import { useTranslation } from "react-i18next";
import { create } from "zustand";
import { exactTime, relativeTime } from "../../shared/text/dates.ts";

const REFRESH_MS = 15_000;

const useNow = create<{ readonly nowMs: number }>()((set) => {
  setInterval(() => set({ nowMs: Date.now() }), REFRESH_MS);
  return { nowMs: Date.now() };
});

export function RelativeTime({ atMs }: { readonly atMs: number }) {
  const { i18n } = useTranslation();
  const nowMs = useNow((state) => state.nowMs);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exactTime(atMs, i18n.language)}>
      {relativeTime(atMs, Math.max(nowMs, atMs), i18n.language)}
    </time>
  );
}
