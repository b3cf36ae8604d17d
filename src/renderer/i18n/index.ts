/** The language of the window: English first, Korean complete. Changes with the preferences, without a reload. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { usePreferences } from "../app/preferences.ts";
import { en } from "./en.ts";
import { ko } from "./ko.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

export const i18n = i18next.createInstance();

export async function startI18n(): Promise<void> {
  const { language } = usePreferences.getState();
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: en }, ko: { translation: ko } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
  usePreferences.subscribe(({ language: next }) => {
    if (i18n.language === next) return;
    document.documentElement.lang = next;
    void i18n.changeLanguage(next);
  });
}
