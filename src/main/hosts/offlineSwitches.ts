/**
 * Switches that keep Chromium, in Electron or as an installed browser, from asking for any address beyond loopback on its own account: updates of
 * components, lists, suggestions, the search for a proxy.
 *
 * No list of switches is complete, so the proxy is the one that counts: everything but loopback, which Chromium always asks directly, would go to a
 * port of this machine where nobody listens (9, discard). Not even a name is looked up.
 */
export const OFFLINE_SWITCHES: Readonly<Record<string, string>> = {
  "proxy-server": "127.0.0.1:9",
  "disable-background-networking": "",
  "disable-component-update": "",
  "disable-domain-reliability": "",
  "disable-sync": "",
  "disable-quic": "",
  "no-pings": "",
};

/** As arguments of a browser. */
export function offlineArguments(): readonly string[] {
  return Object.entries(OFFLINE_SWITCHES).map(([name, value]) => (value === "" ? `--${name}` : `--${name}=${value}`));
}
