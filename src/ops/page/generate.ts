/**
 * Bundles the browser code of `src/web` into `src/ops/page/generated`. Run as a program
 * (`deno task page`) it writes the files and says how large they are; with `--check` it writes
 * nothing, says which files are stale, and ends with exit status 1 when any is.
 *
 * @module
 */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { BundleError, bundlePage } from "./bundle.ts";
import { isFileName, type PageFiles } from "./files.ts";

const GENERATED = new URL("generated/", import.meta.url);

/** Files of `folder` that differ from `files`, with what is wrong with each. */
export async function staleFiles(folder: URL, files: PageFiles): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const found = await readIfThere(new URL(name, folder));
    if (found !== text) stale.push(`${name} is ${found === undefined ? "missing" : "stale"}`);
  }
  for (const name of await namesIn(folder)) {
    if (!isFileName(name)) stale.push(`${name} has no source`);
  }
  return stale;
}

/** Makes `folder` hold `files` and nothing else. */
export async function writeFiles(folder: URL, files: PageFiles): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(new URL(name, folder), text);
  }
  for (const name of await namesIn(folder)) {
    if (!isFileName(name)) await Deno.remove(new URL(name, folder));
  }
}

async function namesIn(folder: URL): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function readIfThere(path: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A table of sizes in bytes: as they are, and as they travel. */
export function sizes(files: PageFiles): string {
  const rows = Object.entries(files).map(([name, text]) => {
    const bytes = new TextEncoder().encode(text);
    return {
      name,
      sizes: [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length],
    };
  });
  const totals = [0, 1, 2].map((at) => rows.reduce((sum, row) => sum + (row.sizes[at] ?? 0), 0));
  return [
    line("bytes", ["raw", "gzip", "brotli"]),
    ...rows.map((row) => line(row.name, row.sizes)),
    line("together", totals),
  ].join("");
}

function line(name: string, cells: readonly (string | number)[]): string {
  return `${name.padEnd(12)}${cells.map((cell) => String(cell).padStart(9)).join("")}\n`;
}

/** The program: resolves with its exit status. */
async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== "--check");
  if (unknown !== undefined) return fail([`'${unknown}' is not a flag; there is --check`]);
  let files: PageFiles;
  try {
    files = await bundlePage();
  } catch (error) {
    if (error instanceof BundleError) return fail([error.message]);
    throw error;
  }
  if (args.includes("--check")) {
    const stale = await staleFiles(GENERATED, files);
    return stale.length === 0 ? 0 : fail([
      ...stale.map((text) => `src/ops/page/generated/${text}`),
      "'deno task page' makes them anew",
    ]);
  }
  await writeFiles(GENERATED, files);
  await Deno.stdout.write(new TextEncoder().encode(sizes(files)));
  return 0;
}

async function fail(problems: readonly string[]): Promise<number> {
  const text = problems.map((problem) => `page: ${problem}\n`).join("");
  await Deno.stderr.write(new TextEncoder().encode(text));
  return 1;
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
