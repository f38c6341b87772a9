/**
 * Regenerates `dashboards/generated` from `dashboards/*.jsonnet`. Run as a program
 * (`deno task dashboards`) it formats the sources and writes the files; with `--check` it writes
 * nothing, says which files are stale, and ends with exit status 1 when any is.
 *
 * @module
 */
import { type GeneratedFile, operatorFiles, render } from "./render.ts";
import { missingTools, runTool } from "./tools.ts";

/** The folder of the jsonnet. */
export const DASHBOARDS = new URL("../../dashboards/", import.meta.url);

/** What an evaluation of `*.jsonnet` in `folder` gives, by file name. Writes nothing. */
export async function evaluate(folder: URL): Promise<GeneratedFile[]> {
  const sources = await namesIn(folder, /\.jsonnet$/);
  const files = await Promise.all(sources.map(async (source) => {
    const json = await runTool("jsonnet", ["-J", "vendor", source], folder);
    return render(source.replace(/\.jsonnet$/, ""), JSON.parse(json));
  }));
  return [...files, ...operatorFiles(files)];
}

/** Files of `folder`/generated that differ from `files`, with what is wrong with each. */
export async function staleFiles(folder: URL, files: readonly GeneratedFile[]): Promise<string[]> {
  const stale: string[] = [];
  for (const { name, text } of files) {
    const found = await readIfThere(new URL(`generated/${name}`, folder));
    if (found !== text) {
      stale.push(`generated/${name} is ${found === undefined ? "missing" : "stale"}`);
    }
  }
  for (const name of await surplus(folder, files)) stale.push(`generated/${name} has no source`);
  return stale;
}

/** Makes `folder`/generated hold `files` and nothing else. */
export async function writeFiles(folder: URL, files: readonly GeneratedFile[]): Promise<void> {
  for (const { name, text } of files) {
    const path = new URL(`generated/${name}`, folder);
    await Deno.mkdir(new URL(".", path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  for (const name of await surplus(folder, files)) {
    await Deno.remove(new URL(`generated/${name}`, folder));
  }
}

/** Formats the sources in `folder`, or with `test` only says whether they are formatted. */
export async function formatSources(folder: URL, { test = false } = {}): Promise<void> {
  const sources = await namesIn(folder, /\.(jsonnet|libsonnet)$/);
  await runTool("jsonnetfmt", [test ? "--test" : "-i", ...sources], folder);
}

/** Whether what `jb install` gets is there, where anything is to be got. */
export async function needsVendor(folder: URL): Promise<boolean> {
  const names = await namesIn(folder, /^(vendor|jsonnetfile\.json)$/);
  return names.includes("jsonnetfile.json") && !names.includes("vendor");
}

async function surplus(folder: URL, files: readonly GeneratedFile[]): Promise<string[]> {
  const wanted = new Set(files.map(({ name }) => name));
  const there = await filesBelow(new URL("generated/", folder));
  return there.filter((name) => !wanted.has(name));
}

/** Files in `folder` and the folders in it, relative to it; none when it is not there. */
async function filesBelow(folder: URL): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const below = isDirectory ? await filesBelow(new URL(`${name}/`, folder)) : undefined;
      names.push(...below?.map((path) => `${name}/${path}`) ?? [name]);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

async function namesIn(folder: URL, pattern: RegExp): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.filter((name) => pattern.test(name)).sort();
}

async function readIfThere(path: URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The program: resolves with what is wrong, nothing when all is done. */
async function main(folder: URL, args: readonly string[]): Promise<string[]> {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) return [`'${unknown[0]}' is not a flag; there is --check`];
  const missing = await missingTools({ vendor: await needsVendor(folder) });
  if (missing.length > 0) return missing;
  try {
    const isCheck = args.includes("--check");
    await formatSources(folder, { test: isCheck });
    const files = await evaluate(folder);
    if (!isCheck) await writeFiles(folder, files);
    return isCheck ? await staleFiles(folder, files) : [];
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("'jsonnet")) return [error.message];
    throw error;
  }
}

if (import.meta.main) {
  const problems = await main(DASHBOARDS, Deno.args);
  const lines = problems.map((line) => `dashboards: ${line}\n`).join("");
  await Deno.stderr.write(new TextEncoder().encode(lines));
  Deno.exitCode = problems.length > 0 ? 1 : 0;
}
