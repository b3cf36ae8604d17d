/**
 * A GPU for tests where there is none: SwiftShader, the software Vulkan driver that comes with Chromium, and with it the Vulkan loader. A driver
 * is chosen when a process starts, so it is for child processes.
 */
import { existsSync } from "node:fs";
import path from "node:path";

const folders = [
  "/usr/lib/chromium",
  "/usr/lib64/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/opt/google/chrome-beta",
];
const loaders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

export type SoftwareVulkan =
  /** The environment of a process that is to find the driver. */
  | { readonly env: NodeJS.ProcessEnv; readonly missing: null }
  /** What is missing, and how to get it. */
  | { readonly env: null; readonly missing: string };

export function softwareVulkan(): SoftwareVulkan {
  const folder = folders.find((each) => existsSync(path.join(each, "vk_swiftshader_icd.json")));
  if (folder === undefined) return { env: null, missing: `no vk_swiftshader_icd.json in ${folders.join(", ")}. Install Debian's package chromium.` };
  const loader = [folder, ...loaders].find((each) => existsSync(path.join(each, "libvulkan.so.1")));
  if (loader === undefined) return { env: null, missing: `no libvulkan.so.1 in ${[folder, ...loaders].join(", ")}. Install Debian's package libvulkan1.` };
  const libraries = [loader, process.env["LD_LIBRARY_PATH"]].filter((each) => each !== undefined && each !== "");
  return {
    env: { ...process.env, VK_DRIVER_FILES: path.join(folder, "vk_swiftshader_icd.json"), LD_LIBRARY_PATH: libraries.join(path.delimiter) },
    missing: null,
  };
}
