/** Behind a measured value: the number of samples that it was measured on and, if they are few, the 95 % interval. */
import { useTranslation } from "react-i18next";
import { intervalText, sampleInterval } from "../../shared/recipe/sampleInterval.ts";

interface OnSamplesProps {
  readonly metric: string;
  readonly value: number;
  /** Null where it is not known. */
  readonly samples: number | null;
  /** Whether the interval is left out: where the value is not the result, or the best of many epochs, for which it does not hold. */
  readonly brief?: boolean;
}

export function OnSamples({ metric, value, samples, brief = false }: OnSamplesProps) {
  const { t } = useTranslation();
  if (samples === null) return null;
  const interval = brief ? null : sampleInterval(metric, value, samples);
  return (
    <small title={interval === null ? undefined : t("onSamples.intervalHelp")} data-samples={samples}>
      {t("onSamples.on", { count: samples })}
      {interval !== null && ` · ${t("onSamples.interval", { interval: intervalText(interval) })}`}
    </small>
  );
}
