/**
 * Turns dropped or chosen files and folders into a path that the host can read. Electron knows the path. A browser only has the files and sends
 * them to the host over HTTP (PUT /uploads/<id>/<path inside the folder>), which stores them in the studio's home. A path that ends in a slash
 * is a folder.
 */
import { sessionHeaders } from "../session.ts";

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

interface Picked {
  /** Null for an empty folder: an empty class should be reported, not lost. */
  readonly file: File | null;
  /** Starts with the folder's own name: `cats/tabby/1.png`. */
  readonly path: string;
}

/** Number of parallel uploads. */
const PARALLEL = 6;

/** The files of a drop. Call it directly in the event handler, because the browser empties the list afterwards. */
export async function pickedFromDrop(transfer: DataTransfer): Promise<readonly Picked[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === "file" ? [{ entry: item.webkitGetAsEntry(), file: item.getAsFile() }] : []));
  const picked: Picked[] = [];
  for (const { entry, file } of entries) {
    if (entry !== null) await walk(entry, "", picked);
    else if (file !== null) picked.push({ file, path: file.name });
  }
  return picked;
}

/** The files from a file dialog: single files, or (webkitdirectory) a folder. */
export function pickedFromInput(files: FileList): readonly Picked[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

async function walk(entry: FileSystemEntry, prefix: string, into: Picked[]): Promise<void> {
  const path = prefix + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    into.push({ file, path });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  let isEmpty = true;
  // Each call returns at most a hundred entries, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    isEmpty = false;
    for (const each of some) await walk(each, `${path}/`, into);
  }
  if (isEmpty) into.push({ file: null, path });
}

/** The path of the picked folder or file, as the host sees it. */
export async function importPicked(picked: readonly Picked[], onProgress: (progress: ImportProgress) => void, signal: AbortSignal): Promise<string> {
  const first = picked.find((each): each is Picked & { readonly file: File } => each.file !== null);
  if (first === undefined) throw new Error("nothing was dropped that holds files");
  const pathOf = window.descentBridge?.pathForFile;
  if (pathOf !== undefined) return rootPath(pathOf(first.file), first.path);
  const id = crypto.randomUUID();
  const total = picked.reduce((sum, { file }) => sum + (file?.size ?? 0), 0);
  let done = 0;
  const queue = [...picked];
  const sendAll = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { file, path } = next;
      const address = `/uploads/${id}/${path.split("/").map(encodeURIComponent).join("/")}${file === null ? "/" : ""}`;
      const response = await send(address, { method: "PUT", body: file, signal });
      if (!response.ok) throw new Error(`${path}: ${(await response.text()).trim()}`);
      done += file?.size ?? 0;
      onProgress({ done, total });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, sendAll));
  const response = await send(`/uploads/${id}`, { method: "POST", signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.text();
}

/** `/home/ada/cats/tabby/1.png`, dropped as `cats/tabby/1.png` -> `/home/ada/cats` */
function rootPath(absolute: string, dropped: string): string {
  const below = dropped.split("/").length - 1;
  return below === 0 ? absolute : absolute.split(/[\\/]/).slice(0, -below).join("/");
}

async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...request, headers: sessionHeaders() });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new Error("The studio did not answer while it was sent a file. See that it still runs, and drop the files again.", { cause: error });
  }
}

/** Whether dropped or chosen files are copied: a browser does not reveal paths. */
export function dropsAreCopied(): boolean {
  return window.descentBridge?.pathForFile === undefined;
}
