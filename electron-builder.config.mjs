// @ts-check
/**
 * How Descent is packed as an application, for electron-builder (`npx electron-builder --config electron-builder.config.mjs`). It is no dependency, because
 * nothing here builds a package yet; tests/hosts/packaging.test.ts holds what must be so when something does.
 */

/** What Electron's binary may do, fixed in it when it is packed (https://www.electronjs.org/docs/latest/tutorial/fuses). Every fuse is named. */
const electronFuses = {
  // A data set as code runs in a child of its own under Node's permission model, and that child is this binary (src/main/data/code/sandbox.ts):
  // a utility process takes none of the flags. Nobody gains by it what starting any other program would not give.
  runAsNode: true,
  // The window has no cookies; a page that sets one all the same does not leave it readable.
  enableCookieEncryption: true,
  // No variable and no argument makes the application load code or listen for a debugger.
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Only what was packed is run, and it is checked before (macOS and Windows).
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  // The window is served by a scheme of its own, app://.
  grantFileProtocolExtraPrivileges: false,
};

export default {
  appId: "studio.descent",
  productName: "Descent",
  // Install scripts are not run: every native package brings its binaries (ARCHITECTURE.md, "Dependencies").
  npmRebuild: false,
  nodeGypRebuild: false,
  asar: true,
  // Libraries are loaded by the operating system, which reads no archive.
  asarUnpack: ["**/*.node", "**/*.{so,so.*,dylib,dll}"],
  files: [
    "out/**",
    "!out/**/*.map",
    "resources/**",
    "package.json",
    "THIRD-PARTY.md",
    // Of the runtime's binaries only those of the system that the package is for.
    "!node_modules/onnxruntime-node/bin/**",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
    "node_modules/onnxruntime-node/bin/*/${platform}/${arch}/**",
    // The Node for machines whose own is too old: Electron has one.
    "!node_modules/node-{linux,win}-*/**",
  ],
  electronFuses,
  linux: { target: ["AppImage"], category: "Science" },
  mac: { target: ["dmg"], category: "public.app-category.developer-tools", hardenedRuntime: true },
  win: { target: ["nsis"] },
};
