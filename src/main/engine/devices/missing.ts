/** Explains why there is no WebGPU device and what to do, from the messages of the runtime and the driver's loader. */
import type { Problem } from "../../../shared/kit/fault.ts";

export interface Finding {
  /** The runtime's message, if it answered. */
  readonly message?: string;
  /** How the process ended, if it did not answer. */
  readonly crash?: string;
  readonly log: string;
}

export function missingDevice({ message, crash, log }: Finding): Problem {
  const problem = (expected: string, received: string, remedy: string): Problem => ({ place: "webgpu", expected, received, remedy });
  if (crash !== undefined)
    return problem("must open without ending its process", crash, "Update the GPU's driver; if VK_DRIVER_FILES is set, name another driver there.");
  if (/backend.*(webgpu|WebGPU)|(webgpu|WebGPU).*(unsupported|not (supported|available|enabled))/.test(message ?? ""))
    return problem("must be part of the runtime", `onnxruntime for ${process.platform} ${process.arch}, which has none`, "Use the cpu on this machine.");
  if (/Couldn't load Vulkan/.test(log))
    return problem(
      "must reach a GPU through Vulkan",
      "no Vulkan loader (libvulkan.so.1) on this machine",
      "Install it and the GPU's driver; on Debian and Ubuntu: libvulkan1 with mesa-vulkan-drivers, or the vendor's own driver.",
    );
  if (/Found no drivers|ERROR_INCOMPATIBLE_DRIVER/.test(log))
    return problem(
      "must reach a GPU through Vulkan",
      "a Vulkan loader that finds no driver",
      "Install the GPU's Vulkan driver (on Debian and Ubuntu mesa-vulkan-drivers, or the vendor's own), or name a driver's .json file in VK_DRIVER_FILES.",
    );
  const remedy = {
    darwin: "This needs a Mac with a GPU that Metal supports.",
    win32: "This needs a GPU with Direct3D 12 and its vendor's current driver.",
  };
  return problem(
    "must find a GPU",
    message?.match(/Failed to get a WebGPU \w+: (.*)/)?.[1]?.trim() ?? message?.split("\n")[0]?.slice(0, 200) ?? "nothing",
    process.platform === "darwin" || process.platform === "win32" ? remedy[process.platform] : "Install the GPU's Vulkan driver.",
  );
}
