/** The "?" beside a field: what it does and when to change it, its default and its ranges, in the catalog's words. */
import { ActionIcon, Popover, Stack, Text } from "@mantine/core";
import { IconHelp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FieldSchema } from "../../shared/recipe/fields.ts";
import { useWords } from "../catalog/useWords.ts";
import { showMixed } from "./numbers.ts";

interface HelpProps {
  readonly title: string;
  readonly schema: FieldSchema;
}

export function Help({ title, schema }: HelpProps) {
  const { t } = useTranslation();
  const words = useWords();
  const range = useRange(schema);
  const help = words.help(schema);
  if (help === undefined) return null;
  const { default: standard, search } = schema;
  return (
    <Popover width={300} position="right-start" withArrow shadow="md" trapFocus={false} returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={18} data-help aria-label={t("recipe.help", { field: title })}>
          <IconHelp size={14} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={title}>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="sm">{help}</Text>
          {standard !== undefined && typeof standard !== "object" && standard !== "" && (
            <Text size="xs" c="dimmed">
              {t("recipe.default", {
                value:
                  standard === true
                    ? t("recipe.on")
                    : standard === false
                      ? t("recipe.off")
                      : typeof standard === "string"
                        ? words.choice(schema, standard)
                        : showMixed(standard),
              })}
            </Text>
          )}
          {range !== "" && (
            <Text size="xs" c="dimmed">
              {t("recipe.range", { range })}
            </Text>
          )}
          {search !== undefined && (
            <Text size="xs" c="dimmed">
              {t("recipe.search", { from: search[0], to: search[1] })}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useRange(schema: FieldSchema): string {
  const { t } = useTranslation();
  const limits: string[] = [];
  // JSON Schema gives every integer the largest safe integer as its limit, which is not worth showing.
  const worth = (limit: number | undefined): limit is number => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  if (worth(schema.minimum)) limits.push(t("recipe.atLeast", { value: schema.minimum }));
  if (worth(schema.exclusiveMinimum)) limits.push(t("recipe.moreThan", { value: schema.exclusiveMinimum }));
  if (worth(schema.maximum)) limits.push(t("recipe.atMost", { value: schema.maximum }));
  if (worth(schema.exclusiveMaximum)) limits.push(t("recipe.lessThan", { value: schema.exclusiveMaximum }));
  return limits.join(", ");
}
