/** Behind a measured value: the number of samples that it was measured on and, if they are few, the 95 % interval. */
import { useTranslation } from "react-i18next";
import { intervalText, sampleInterval } from "../../shared/recipe/sampleInterval.ts";

interface OnSamplesProps {
  readonly metric: string;
  readonly value: number;
  /** Null where it is not known. */
  readonly samples: number | null;
}

export function OnSamples({ metric, value, samples }: OnSamplesProps) {
  const { t } = useTranslation();
  if (samples === null) return null;
  const interval = sampleInterval(metric, value, samples);
  return (
    <small title={interval === null ? undefined : t("onSamples.intervalHelp")} data-samples={samples}>
      {t("onSamples.on", { count: samples })}
      {interval !== null && ` · ${t("onSamples.interval", { interval: intervalText(interval) })}`}
    </small>
  );
}
