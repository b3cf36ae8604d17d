/**
 * Switches that keep Chromium (in Electron or an installed browser) from contacting addresses beyond loopback for its own purposes: component updates,
 * lists, suggestions, proxy discovery.
 *
 * No list of switches is complete, so the proxy setting is the decisive one: everything except loopback, which Chromium always contacts directly, would go
 * to a port of this machine where nothing listens (9, discard). Not even host names are looked up.
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

/** As command line arguments of a browser. */
export function offlineArguments(): readonly string[] {
  return Object.entries(OFFLINE_SWITCHES).map(([name, value]) => (value === "" ? `--${name}` : `--${name}=${value}`));
}
