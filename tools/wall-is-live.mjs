#!/usr/bin/env node
// wall-is-live.mjs URL - exits 0 when the box at URL is healthy and serves its wall, 1 otherwise.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // the certificate is the box's own
process.removeAllListeners("warning");
const url = process.argv[2];
try {
  const health = await (await fetch(new URL("/healthz", url))).json();
  const page = await fetch(url);
  process.exit(health.status === "ok" && page.ok && (await page.text()).includes("<script") ? 0 : 1);
} catch {
  process.exit(1);
}
