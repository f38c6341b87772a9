/**
 * The page as the binary carries it.
 *
 * @module
 */
import icon from "./generated/favicon.svg" with { type: "text" };
import html from "./generated/index.html" with { type: "text" };
import css from "./generated/page.css" with { type: "text" };
import js from "./generated/page.js" with { type: "text" };
import type { PageFiles } from "./files.ts";

/** What `deno task page` wrote. */
export const PAGE: PageFiles = {
  "index.html": html,
  "page.js": js,
  "page.css": css,
  "favicon.svg": icon,
};
