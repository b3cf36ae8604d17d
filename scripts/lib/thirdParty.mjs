// @ts-check
/** THIRD-PARTY.md: what Descent ships of others, and under which licence. From the lock file alone, so that every machine writes the same. */
import { readFileSync } from "node:fs";
import path from "node:path";

/** Of the packages that only build and test what ships in the window's bundle: they are dependencies of the build, not of the host. */
const BUNDLED = /^(@mantine\/|@tabler\/|@tanstack\/|react$|react-dom$|react-i18next$|i18next$|recharts$|zustand$)/;
/** A development dependency that is shipped as it is. */
const SHELL = "electron";

/**
 * Read by hand, where a package's description names no licence of the list at spdx.org.
 * @type {Readonly<Record<string, { readonly licence: string, readonly note: string }>>}
 */
const READ_BY_HAND = {
  h5wasm: {
    licence: "NIST-Software AND BSD-3-Clause",
    note: 'h5wasm says "SEE LICENSE IN LICENSE.txt". Read: software of the National Institute of Standards and Technology, which may be used, copied, changed and passed on with its notice kept whole and changes marked; it contains the HDF5 library under The HDF Group\'s BSD-style licence of three clauses, whose text is in the same file. Both allow what Descent does. The National Institute of Standards and Technology is the source of h5wasm.',
  },
};

/** @typedef {{ readonly name: string, readonly version: string, readonly licence: string }} Shipped */

/**
 * Every package that a packed Descent contains: what the host needs, what the window's bundle was made of, and Electron.
 * @param {string} root the checkout
 * @returns {readonly Shipped[]} by name
 */
export function shippedPackages(root) {
  /** @type {Record<string, Record<string, any>>} */
  const packages = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const own = packages[""] ?? {};
  /** @type {Map<string, Shipped>} */
  const found = new Map();
  /** @param {string} place in the lock file @param {string} name */
  const take = (place, name) => {
    const entry = packages[place];
    const key = `${name}@${entry?.version}`;
    if (entry === undefined || found.has(key)) return;
    found.set(key, { name, version: String(entry.version), licence: READ_BY_HAND[name]?.licence ?? String(entry.license ?? "unknown") });
    for (const needed of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) follow(place, needed);
  };
  /** As Node looks for a package: from the nearest node_modules up. @param {string} from @param {string} name */
  const follow = (from, name) => {
    const above = from === "" ? [] : from.split("/node_modules/");
    for (let depth = above.length; depth >= 0; depth--) {
      const place = depth === 0 ? `node_modules/${name}` : [...above.slice(0, depth), name].join("/node_modules/");
      if (place in packages) return take(place, name);
    }
  };
  const names = [
    ...Object.keys(own.dependencies ?? {}),
    ...Object.keys(own.optionalDependencies ?? {}),
    ...Object.keys(own.devDependencies ?? {}).filter((name) => BUNDLED.test(name)),
  ];
  for (const name of names) follow("", name);
  // What Electron's package needs is for fetching its binary.
  const electron = packages[`node_modules/${SHELL}`];
  if (electron !== undefined) found.set(SHELL, { name: SHELL, version: String(electron.version), licence: String(electron.license) });
  return [...found.values()].sort((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)));
}

/** @param {string} root */
export function thirdPartyPage(root) {
  const rows = shippedPackages(root).map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return [
    "# What Descent ships of others",
    "",
    "Written by `npm run docs` from the lock file, and held to be today's by a test. The text of each licence is in the package's own folder.",
    "",
    ...Object.values(READ_BY_HAND).flatMap(({ note }) => [note, ""]),
    "Electron contains Chromium and Node.js; their licences are in its `LICENSES.chromium.html`. The data sets and their licences are listed in",
    "[resources/datasets](resources/datasets/README.md).",
    "",
    "| package | version | licence |",
    "| ------- | ------- | ------- |",
    ...rows,
    "",
  ].join("\n");
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
