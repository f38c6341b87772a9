/**
 * The page on the HTTP server: one HTML at each of the page's addresses, and what it loads.
 *
 * @module
 */
import { type Route, text } from "../server.ts";
import { Asset } from "./asset.ts";
import { PAGE } from "./embedded.ts";
import type { FileName, PageFiles } from "./files.ts";

// Nothing is loaded from elsewhere, nothing inline runs, no text becomes HTML or code, and nobody frames
// the page.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

const CONTENT_TYPES: Readonly<Record<Exclude<FileName, "index.html">, string>> = {
  "page.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "favicon.svg": "image/svg+xml",
};

/** Where the page shows itself: everything else in its address is for its own code to read. */
const ADDRESSES = [
  { path: "/", summary: "the page: is the service well, and its dashboards" },
  { path: "/d/*", summary: "a dashboard on the page" },
  { path: "/explore", summary: "queries on the page" },
  { path: "/alerts", summary: "targets, rules and alerts on the page" },
];

/** The routes of the page; `files` is what the binary carries unless told otherwise. */
export function pageRoutes(files: PageFiles = PAGE): Route[] {
  const assets = new Map<string, Asset>();
  let html = files["index.html"];
  for (
    const [name, contentType] of Object.entries(CONTENT_TYPES) as [
      keyof typeof CONTENT_TYPES,
      string,
    ][]
  ) {
    const asset = new Asset({
      text: files[name],
      contentType,
      headers: { ...ALWAYS, "cache-control": "public, max-age=31536000, immutable" },
    });
    const path = `/assets/${name.replace(".", `-${asset.hash}.`)}`;
    assets.set(path, asset);
    html = html.replaceAll(`/assets/${name}`, path);
  }
  const page = new Asset({
    text: html,
    contentType: "text/html; charset=utf-8",
    headers: {
      ...ALWAYS,
      "cache-control": "no-cache",
      // At `/` who takes no HTML gets a list instead.
      "vary": "accept, accept-encoding",
      "content-security-policy": CONTENT_SECURITY_POLICY,
    },
  });
  return [
    ...ADDRESSES.map((address) => ({
      ...address,
      handle: (request: Request) => page.respond(request),
    })),
    {
      path: "/assets/*",
      summary: "what the page loads",
      handle: (request) =>
        assets.get(new URL(request.url).pathname)?.respond(request) ??
          text(404, "The page that asked for this is of another version: load it anew\n"),
    },
  ];
}
