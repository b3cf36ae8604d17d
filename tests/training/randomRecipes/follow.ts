/** follow.py, which runs every train.py in one process. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { python } from "../../helpers/torch.ts";

export interface Followed {
  readonly folder: string;
  /** Agreement of the furthest figure; `chaos`: further, but no further than the yardstick explains; `apart`: further than that. */
  readonly verdict: "1e-5" | "1e-4" | "chaos" | "apart" | "failed";
  readonly largest?: number | null;
  readonly where?: string;
  readonly yardstick?: number | null;
  /** Figures that were compared. */
  readonly compared?: number;
  /** null: one side is no finite number. */
  readonly beyond: readonly { readonly what: string; readonly distance: number | null; readonly yardstick: number | null }[];
  /** Python's, where the script itself failed. */
  readonly error?: string;
}

export function followAll(folders: readonly string[]): Promise<readonly Followed[]> {
  const script = fileURLToPath(new URL("./follow.py", import.meta.url));
  const child = spawn(python ?? "python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  child.stdin.end(JSON.stringify(folders));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code !== 0) return reject(new Error(`follow.py ended with ${code}`));
      try {
        // Python writes NaN and Infinity, for which JSON has no word.
        const lines = text.replaceAll(/(?<=: )(NaN|-?Infinity)\b/g, "null").split("\n");
        resolve(lines.filter((line) => line !== "").map((line): Followed => JSON.parse(line)));
      } catch (error) {
        reject(error);
      }
    });
  });
}
