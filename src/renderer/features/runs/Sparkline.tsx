/** A small chart of a run's loss. */
interface SparklineProps {
  readonly values: readonly number[];
  readonly label: string;
}

const WIDTH = 84;
const HEIGHT = 20;
const PAD = 2;

export function Sparkline({ values, label }: SparklineProps) {
  const finite = values.filter(Number.isFinite);
  if (finite.length < 2) return null;
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const x = (index: number) => PAD + (index * (WIDTH - 2 * PAD)) / (finite.length - 1);
  const y = (value: number) => (high === low ? HEIGHT / 2 : PAD + ((high - value) * (HEIGHT - 2 * PAD)) / (high - low));
  const path = finite.map((value, index) => `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} style={{ display: "block" }}>
      <path d={path} fill="none" stroke="var(--descent-validation)" strokeWidth={1.25} strokeLinejoin="round" />
      <circle cx={x(finite.length - 1)} cy={y(finite.at(-1) ?? low)} r={1.8} fill="var(--descent-validation)" />
    </svg>
  );
}
