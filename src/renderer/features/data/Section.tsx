/** One section of a data set's page: its title, help, controls and content. */
import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconHelp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./data.module.css";

interface SectionProps {
  /** Target of the links in the page's list of sections. */
  readonly name: string;
  readonly title: string;
  readonly help?: string;
  /** Takes half of the width in wide windows. */
  readonly half?: boolean;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ name, title, help, half = false, tools, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title} data-section={name} data-half={half || undefined} tabIndex={-1}>
      <div className={classes.sectionHead}>
        <h3>{title}</h3>
        {help !== undefined && <SectionHelp title={title} help={help} />}
        {tools}
      </div>
      {children}
    </section>
  );
}

function SectionHelp({ title, help }: { readonly title: string; readonly help: string }) {
  const { t } = useTranslation();
  return (
    <Popover width={320} position="bottom-start" withArrow shadow="md" trapFocus={false} returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={18} data-help aria-label={t("recipe.help", { field: title })}>
          <IconHelp size={14} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={title}>
        <Text size="sm">{help}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
