/** A button that asks for permission to run code, shown beside a problem that the permission would solve. */
import { Button } from "@mantine/core";
import { IconShieldQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/kit/fault.ts";
import { askForCode } from "../api/code.ts";

interface AllowCodeProps {
  readonly problem: Pick<Problem, "allow">;
  /** Called with the module's path. */
  readonly onAllowed?: ((path: string) => void) | undefined;
}

export function AllowCode({ problem: { allow }, onAllowed }: AllowCodeProps) {
  const { t, i18n } = useTranslation();
  if (allow === undefined) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      mt={6}
      lang={i18n.language}
      leftSection={<IconShieldQuestion size={14} aria-hidden />}
      onClick={() => askForCode(allow, () => onAllowed?.(allow))}
    >
      {t("code.look")}
    </Button>
  );
}
