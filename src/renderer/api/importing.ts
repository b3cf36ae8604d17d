/**
 * Files and folders that were dropped on the window or chosen in a dialog, as a path that the host can read. Electron knows the path; a browser
 * gives only the files, which are sent to the host over HTTP (PUT /uploads/<id>/<path inside the folder>), which keeps them in the studio's home. A path
 * that ends in a slash is a folder.
 */
import { sessionHeaders } from "../session.ts";

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

interface Picked {
  /** Null for a folder without anything in it: an empty class should be told, not lost. */
  readonly file: File | null;
  /** With the folder's own name in front: `cats/tabby/1.png`. */
  readonly path: string;
}

/** Files on their way at once. */
const PARALLEL = 6;

/** What a drop holds; call it at once in the event, because the browser empties the list afterwards. */
export async function pickedFromDrop(transfer: DataTransfer): Promise<readonly Picked[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === "file" ? [{ entry: item.webkitGetAsEntry(), file: item.getAsFile() }] : []));
  const picked: Picked[] = [];
  for (const { entry, file } of entries) {
    if (entry !== null) await walk(entry, "", picked);
    else if (file !== null) picked.push({ file, path: file.name });
  }
  return picked;
}

/** What a file dialog gave, of single files or (webkitdirectory) of a folder. */
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
  // A reader gives at most a hundred entries at a time, and none when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    isEmpty = false;
    for (const each of some) await walk(each, `${path}/`, into);
  }
  if (isEmpty) into.push({ file: null, path });
}

/** The path of what was picked, as the host sees it: the folder's, or the one file's. */
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

/** From `/home/ada/cats/tabby/1.png`, dropped as `cats/tabby/1.png`, to `/home/ada/cats`. */
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

/** Whether what is dropped or chosen is copied: a browser tells no paths. */
export function dropsAreCopied(): boolean {
  return window.descentBridge?.pathForFile === undefined;
}
