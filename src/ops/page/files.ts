/**
 * The files of the page by their names in `generated/`, which `deno task page` writes.
 *
 * @module
 */

const NAMES = ["index.html", "page.js", "page.css", "favicon.svg"] as const;

/** The name of one. */
export type FileName = typeof NAMES[number];

/** The text of each. */
export type PageFiles = Readonly<Record<FileName, string>>;

/** Whether the page has a file of this name. */
export function isFileName(name: string): name is FileName {
  return NAMES.some((one) => one === name);
}
