/** Revokes the permission of a data set's code; shown only if it has one. */
import { Button } from "@mantine/core";
import { IconShieldOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SourceConfig } from "../../shared/recipe/sources.ts";
import { attempt } from "../api/actions.tsx";
import { forgetCode, useAllowedCode } from "../api/code.ts";

export function ForgetCode({ source }: { readonly source: SourceConfig }) {
  const { t } = useTranslation();
  const { data } = useAllowedCode();
  const allowed = source.type === "module" ? data?.find(({ path }) => path === source.path) : undefined;
  if (allowed === undefined) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconShieldOff size={14} aria-hidden />}
      title={t("code.forgetTitle")}
      onClick={() => void attempt(() => forgetCode(allowed))}
    >
      {t("code.forget")}
    </Button>
  );
}
