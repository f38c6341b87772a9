/**
 * From the browser code of `src/web` to the files that are served.
 *
 * @module
 */
import type { PageFiles } from "./files.ts";

const WEB = new URL("../../web/", import.meta.url);

/** What {@linkcode bundlePage} bundles. */
export interface BundleOptions {
  /** Default true. */
  readonly minify?: boolean;
}

/** The files of the page, made anew from `src/web`. Throws with what esbuild says about the sources. */
export async function bundlePage({ minify = true }: BundleOptions = {}): Promise<PageFiles> {
  const [js, css, html, icon] = await Promise.all([
    bundle(new URL("main.tsx", WEB), minify),
    bundle(new URL("style/main.css", WEB), minify),
    Deno.readTextFile(new URL("index.html", WEB)),
    Deno.readTextFile(new URL("favicon.svg", WEB)),
  ]);
  return { "index.html": html, "page.js": js, "page.css": css, "favicon.svg": icon };
}

async function bundle(entry: URL, minify: boolean): Promise<string> {
  const name = entry.pathname.slice(WEB.pathname.length);
  const { success, errors, outputFiles } = await runBundler({
    entrypoints: [entry.pathname],
    platform: "browser",
    minify,
    write: false,
  });
  if (!success) {
    const found = errors.map(({ text, location }) =>
      `  ${text}${location ? ` (${location.file}:${location.line})` : ""}`
    );
    throw new BundleError(`Cannot bundle src/web/${name}:\n${found.join("\n")}`);
  }
  const [output] = outputFiles ?? [];
  if (output === undefined) throw new BundleError(`Bundling src/web/${name} gave no file`);
  return output.text();
}

async function runBundler(options: Deno.bundle.Options): Promise<Deno.bundle.Result> {
  try {
    return await Deno.bundle(options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BundleError(
      `Cannot bundle: esbuild, which Deno gets from the npm registry at its first bundle, is not here (${reason}). ` +
        "Run this once with a network; what it got is kept.",
      { cause },
    );
  }
}

/** The page cannot be bundled; the message is for people. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}
