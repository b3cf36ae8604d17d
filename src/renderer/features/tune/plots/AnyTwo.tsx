/** Two axes that the user chooses, and the surface between the trials. */
import { Group, NativeSelect, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../view.ts";
import { Scatter } from "./Scatter.tsx";

export function AnyTwo() {
  const { t } = useTranslation();
  const { axes, parameters } = useView();
  const [chosen, setChosen] = useState<{ readonly x: string | null; readonly y: string | null }>({ x: null, y: null });
  const [surface, setSurface] = useState(true);
  const find = (key: string | null) => axes.find((axis) => axis.key === key);
  const numbers = parameters.filter(({ kind }) => kind === "number");
  const x = find(chosen.x) ?? numbers[0] ?? axes[0];
  const y = find(chosen.y) ?? numbers.find((axis) => axis !== x) ?? axes.find((axis) => axis !== x);
  if (x === undefined || y === undefined) return null;
  const options = axes.map(({ key, title }) => ({ value: key, label: title }));
  const choose = (change: Partial<typeof chosen>) => setChosen({ ...chosen, ...change });
  return (
    <Scatter
      title={t("tune.anyTwo")}
      help={t("tune.anyTwoHelp")}
      x={x}
      y={y}
      surface={surface}
      height={320}
      tools={
        <Group gap="xs">
          <NativeSelect size="xs" aria-label={t("tune.across")} value={x.key} data={options} onChange={(event) => choose({ x: event.currentTarget.value })} />
          <NativeSelect size="xs" aria-label={t("tune.upwards")} value={y.key} data={options} onChange={(event) => choose({ y: event.currentTarget.value })} />
          <Switch
            size="xs"
            label={t("tune.surface")}
            title={t("tune.surfaceHelp")}
            checked={surface}
            onChange={(event) => setSurface(event.currentTarget.checked)}
          />
        </Group>
      }
    />
  );
}
