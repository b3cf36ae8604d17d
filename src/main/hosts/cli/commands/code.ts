/** `descent code`: lists code that was allowed to run, and revokes permissions. */
import type { Command } from "commander";
import type { AllowedCode } from "../../../../shared/contract/code.ts";
import { fail, quote } from "../../../../shared/kit/fault.ts";
import { relativeTime } from "../../../../shared/text/dates.ts";
import { countText } from "../../../../shared/text/numbers.ts";
import type { Context } from "../context.ts";
import { withSession } from "../session.ts";
import { tableLines } from "../table.ts";

/** Number of hash digits in a table. */
const SHORT = 12;

export function addCode(program: Command, perform: (work: (context: Context) => Promise<number>) => Promise<void>): void {
  const code = program.command("code").description("list the code of data sets that was allowed to run, and revoke permissions");
  code
    .command("list", { isDefault: true })
    .description("list what was allowed, the newest first")
    .action(() => perform(list));
  code
    .command("forget")
    .description("revoke a permission: you will be asked again")
    .argument("<hash...>", "SHA-256 of the module, or its beginning; all to revoke every permission")
    .action((hashes: readonly string[]) => perform((context) => forget(hashes, context)));
}

function list({ home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const allowed = await client.code.list();
    const now = Date.now();
    if (output.json) for (const each of allowed) await output.object(each);
    else if (allowed.length === 0) await output.line("No code was allowed to run in this home.");
    else
      for (const line of tableLines<AllowedCode>(allowed, [
        { title: "SHA-256", cell: ({ sha256 }) => sha256.slice(0, SHORT) },
        { title: "file", cell: ({ path }) => path },
        { title: "bytes", align: "right", cell: ({ size }) => countText(size, "en") },
        { title: "imports", align: "right", cell: ({ imports }) => countText(imports.length, "en") },
        { title: "allowed", cell: ({ allowedAt }) => relativeTime(allowedAt, now, "en") },
      ]))
        await output.line(line);
    return 0;
  });
}

function forget(texts: readonly string[], { home, output }: Context): Promise<number> {
  return withSession(home, async ({ client }) => {
    const allowed = await client.code.list();
    const found = texts.flatMap((text) => {
      const meant = text === "all" ? allowed : allowed.filter(({ sha256 }) => sha256.startsWith(text.toLowerCase()));
      if (text !== "all" && meant.length !== 1)
        fail(
          "missing",
          "HASH",
          "must begin one SHA-256 of `descent code list`",
          `${quote(text)}, which begins ${meant.length}`,
          "List them, and give a longer prefix.",
        );
      return meant;
    });
    const count = await client.code.forget({ hashes: found.map(({ sha256 }) => sha256) });
    if (output.json) await output.object({ type: "forgotten", permissions: count });
    else await output.line(`${countText(count, "en")} permission${count === 1 ? "" : "s"} revoked.`);
    return 0;
  });
}
