/**
 * The layers of Descent (ARCHITECTURE.md). Imports go one way; tests/layering.test.ts plants a violation of every rule.
 *
 *   kit <- text, math <- graph <- catalog <- recipe <- tuning <- contract <- { main, renderer }
 *   in main: storage <- engine, data, history <- training <- studio <- hosts; history <- tuning <- studio
 *
 * Scripts, benchmarks and tests are read too: some rules hold for them as well.
 */

/** A folder of a layer and the folders it may not reach. */
function oneWay(name, from, comment, ...to) {
  return { name, comment, severity: "error", from: { path: from }, to: { path: to.join("|") } };
}

const shared = "^src/shared/";
const main = "^src/main/";

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "Two files that need each other are one file, or need a third. This holds for types too.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere is not checked by any other rule. An older Node, under which this check may run, does not know node:sqlite.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(node:)?sqlite$" },
    },

    oneWay("kit-is-lowest", `${shared}kit/`, "kit stands on nothing.", `${shared}(text|math|graph|catalog|recipe|tuning|contract)/`),
    oneWay("math-is-lowest", `${shared}math/`, "math stands on kit.", `${shared}(text|graph|catalog|recipe|tuning|contract)/`),
    oneWay(
      "text-is-low",
      `${shared}text/`,
      "text stands on kit: what it says of a metric or a recipe is decided by those.",
      `${shared}(math|graph|catalog|recipe|tuning|contract)/`,
    ),
    oneWay("graph-below-catalog", `${shared}graph/`, "graph stands on kit and math.", `${shared}(catalog|recipe|tuning|contract)/`),
    oneWay("catalog-below-recipe", `${shared}catalog/`, "catalog stands on graph.", `${shared}(recipe|tuning|contract)/`),
    oneWay("recipe-below-tuning", `${shared}recipe/`, "recipe stands on catalog: a study holds a recipe.", `${shared}(tuning|contract)/`),
    oneWay("tuning-below-contract", `${shared}tuning/`, "tuning stands on recipe.", `${shared}contract/`),
    oneWay("shared-below-hosts", shared, "What is shared knows neither side that shares it.", "^src/(main|renderer|preload)/"),
    {
      name: "shared-is-pure",
      comment: "What is shared runs anywhere: no Node, no Electron, no React.",
      severity: "error",
      from: { path: shared },
      to: { path: "^(node:)?(electron|react|react-dom|react/.*)$|node_modules/(electron|react|react-dom|better-sqlite3|onnxruntime-node|ws|sirv)/" },
    },
    { name: "shared-without-node", comment: "What is shared runs anywhere.", severity: "error", from: { path: shared }, to: { dependencyTypes: ["core"] } },
    {
      name: "catalog-entries-apart",
      comment: "An entry of the catalog is one file; what entries of several folders need is in catalog/common/.",
      severity: "error",
      from: { path: `${shared}catalog/([^/]+)/` },
      // The description of a kind (layer.ts, loss.ts …) and its index may be named from another folder; an entry may not.
      to: {
        path: `${shared}catalog/[^/]+/`,
        pathNot: [`${shared}catalog/($1|common)/`, `${shared}catalog/[^/]+/(index|layer|loss|metric|initializer|optimizer|sampler|space|fields)\\.ts$`],
      },
    },

    oneWay("catalog-common-lowest", `${shared}catalog/common/`, "What entries share knows no entry.", `${shared}catalog/(?!common/)`),
    {
      name: "oracles-stand-alone",
      comment: "What augmentations are expected to do is written in plain numbers, and shares nothing with the graphs that it is held against.",
      severity: "error",
      from: { path: `${shared}catalog/augmentations/plain/` },
      to: { path: `${shared}(graph|catalog)/`, pathNot: `${shared}catalog/augmentations/(plain/|sampleRandom\\.ts$)` },
    },

    oneWay("storage-is-lowest", `${main}storage/`, "storage knows no format.", `${main}(engine|data|history|training|tuning|studio|hosts)(/|\\.ts)`),
    oneWay("engine-below-training", `${main}engine/`, "engine knows no run.", `${main}(data|history|training|tuning|studio|hosts)(/|\\.ts)`),
    oneWay("data-below-training", `${main}data/`, "data knows no run.", `${main}(engine|history|training|tuning|studio|hosts)(/|\\.ts)`),
    {
      name: "code-starts-in-one-place",
      comment: "Code runs only with a person's permission, which data/code/examine.ts looks at before it starts the process.",
      severity: "error",
      from: { path: "^src/", pathNot: `${main}data/code/examine\\.ts$` },
      to: { path: `${main}data/code/sandbox\\.ts$`, dependencyTypesNot: ["type-only"] },
    },
    oneWay("history-below-training", `${main}history/`, "history only keeps.", `${main}(engine|data|training|tuning|studio|hosts)(/|\\.ts)`),
    oneWay(
      "training-below-studio",
      `${main}training/`,
      "a trainer knows neither the history nor who started it.",
      `${main}(history|tuning|studio|hosts)(/|\\.ts)`,
    ),
    oneWay(
      "tuning-below-studio",
      `${main}tuning/`,
      "a study knows the history and its runs through an interface; how they are trained it does not.",
      `${main}(engine|data|training|studio|hosts)(/|\\.ts)`,
    ),
    oneWay("studio-below-hosts", `${main}studio(/|\\.ts)`, "a studio does not know how it is shown.", `${main}hosts/`),

    {
      name: "runtime-through-one-door",
      comment: "onnxruntime sends telemetry unless it is told not to before it is loaded: engine/onnxruntime.ts tells it.",
      severity: "error",
      from: { pathNot: `${main}engine/onnxruntime\\.ts$` },
      to: { path: "^onnxruntime-node(/|$)|node_modules/onnxruntime-node/" },
    },

    oneWay("hosts-apart-electron", "^src/(?!main/hosts/electron/)", "Node runs all but the Electron host.", `${main}hosts/electron/`),
    {
      name: "features-apart",
      comment: "A screen is its own feature; what two of them share is in a room beside features/, which knows no feature.",
      severity: "error",
      from: { path: "^src/renderer/(?!app/)(features/)?([^/]+)/" },
      to: { path: "^src/renderer/features/", pathNot: "^src/renderer/features/$2/" },
    },
    oneWay("renderer-without-main", "^src/renderer/", "The window reaches its host through the contract.", "^src/(main|preload)/"),
    oneWay("main-without-renderer", "^src/(main|preload)/", "A host does not know the window's code.", "^src/renderer/"),
    {
      name: "electron-in-its-host-only",
      comment: "Everything else runs on Node alone.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main/hosts/electron|preload)/" },
      to: { path: "^electron(/|$)|node_modules/electron/" },
    },
    {
      name: "renderer-without-node",
      comment: "The window is a page in a sandbox.",
      severity: "error",
      from: { path: "^src/renderer/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: require("node:path").join(__dirname, "tsconfig.json") },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "browser", "default", "types"],
    },
  },
};
