/**
 * A page in a private file that redirects to an address. The browser is started with this file, because all users of a machine can read a program's
 * arguments, and the address contains a token.
 */
import { randomUUID } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const NAME = /^open-[0-9a-f-]{36}\.html$/;

export interface OpenFile {
  /** `file://…`, which other users cannot read. */
  readonly url: string;
  remove(): void;
}

/** Writes the file into the studio's home, and deletes those of studios that were killed. */
export function writeOpenFile(home: string, address: string): OpenFile {
  for (const name of readdirSync(home)) if (NAME.test(name)) rmSync(path.join(home, name), { force: true });
  const file = path.join(home, `open-${randomUUID()}.html`);
  writeFileSync(file, pageTo(address), { flag: "wx", mode: 0o600 });
  return { url: pathToFileURL(file).href, remove: () => rmSync(file, { force: true }) };
}

/** @param address made by this host, so it needs no escaping */
function pageTo(address: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Descent</title>
</head>
<body><a href="${address}">Open Descent</a></body>
</html>
`;
}
