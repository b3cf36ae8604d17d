/** Files that a browser sent: they lie in the studio's home as `uploads/<id>/NAME` (main/studio/data/uploads.ts), which says nothing to a person. */

const UPLOAD = /[\\/]uploads[\\/][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:[\\/](.*))?$/;

/** The path inside what was sent; empty where several files were sent side by side; null for a path that is a person's own. */
export function pathInCopy(path: string): string | null {
  const found = UPLOAD.exec(path);
  return found === null ? null : (found[1] ?? "");
}
