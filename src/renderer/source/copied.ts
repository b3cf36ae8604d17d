/** Files that a browser sent: stored in the studio's home as `uploads/<id>/NAME` (main/studio/data/uploads.ts), a path that tells users nothing. */

const UPLOAD = /[\\/]uploads[\\/][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:[\\/](.*))?$/;

/** The path inside the upload; empty if several files were sent together; null for a path of the user's own. */
export function pathInCopy(path: string): string | null {
  const found = UPLOAD.exec(path);
  return found === null ? null : (found[1] ?? "");
}
