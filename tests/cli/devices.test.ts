/** `descent devices`: what it prints, with and without a GPU. It makes no home. */
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { softwareVulkan } from "../helpers/softwareVulkan.ts";
import { descent, jsonLines, temporaryFolder } from "./descent.ts";

const vulkan = softwareVulkan();
if (vulkan.missing !== null) console.warn(`\n*** WebGPU IS NOT TESTED: ${vulkan.missing} ***\n`);

describe("devices", () => {
  it.runIf(process.platform === "linux")("lists what there is and says what is missing", async () => {
    const home = path.join(temporaryFolder(), "home");
    const { status, stdout, stderr } = await descent(["devices", "--home", home], { env: { VK_DRIVER_FILES: "/nowhere.json" } });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^DEVICE +STATUS +NAME +CAN DO\ncpu +ready +\S.* 1 to \d+ threads?, [\d.]+ GB memory/);
    expect(stdout).toMatch(/\nwebgpu +not available\n\nwebgpu: must reach a GPU through Vulkan; received .+\. Install .+\n$/);
    expect(existsSync(home)).toBe(false);
  });

  (vulkan.env === null ? it.skip : it)("says what a GPU leaves to the processor", async () => {
    const env = vulkan.env ?? {};
    const { status, stdout } = await descent(["devices"], { env });
    expect(status).toBe(0);
    expect(stdout).toMatch(/\nwebgpu +ready +vk_swiftshader_icd \(VK_DRIVER_FILES\) +\d+ of \d+ operators in full\n/);
    expect(stdout).toMatch(/\nwebgpu leaves to the processor: .*Equal of int64/);
    const [cpu, webgpu] = jsonLines((await descent(["devices", "--json"], { env })).stdout);
    expect(cpu).toMatchObject({ device: "cpu", available: true });
    expect(webgpu).toMatchObject({ device: "webgpu", available: true, problem: null });
  });
});
