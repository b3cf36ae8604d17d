/** The page for whoever comes without the address that the studio printed. */

const TITLE = "Descent needs its own address";

export function noticePage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${TITLE}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
</style>
</head>
<body>
<main>
<h1>${TITLE}</h1>
<p>The studio is running, but this browser has not been let in yet. Open the address that Descent printed in the terminal, with everything after <code>token=</code>.</p>
<p>Each printed address lets one browser in. To let in another one, stop the studio there with Ctrl-C and start it again: runs that train are checkpointed and can be resumed.</p>
</main>
</body>
</html>
`;
}
