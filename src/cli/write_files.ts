/**
 * Files for a person, written so that nothing of theirs is lost.
 *
 * @module
 */
import { Failure } from "./command.ts";

/** A file below a folder. */
export interface FileToWrite {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes `files` below `folder`, which is made where it is missing. Before the first is written, all
 * are compared with what is there: one that differs stops it, unless `force`.
 *
 * Rejects with `Failure`. Resolves with the paths that were written; the others were the same already.
 */
export async function writeFiles(
  folder: string,
  files: readonly FileToWrite[],
  { force = false } = {},
): Promise<string[]> {
  try {
    const found = await Promise.all(files.map(({ path }) => textAt(`${folder}/${path}`)));
    const changed = files.filter(({ text }, i) => text !== found[i]);
    const differing = files.filter(({ text }, i) => found[i] !== undefined && found[i] !== text);
    if (differing.length > 0 && !force) {
      const paths = differing.map(({ path }) => `${folder}/${path}`).join(", ");
      throw new Failure(`${paths} would be overwritten; --force does it`);
    }
    for (const { path, text } of changed) {
      const target = `${folder}/${path}`;
      await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(target, text);
    }
    return changed.map(({ path }) => `${folder}/${path}`);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(reason(folder, error), { cause: error });
  }
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function reason(folder: string, error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return `Cannot write to '${folder}': this program may not touch files; write '-' for standard output instead`;
  }
  return `Cannot write to '${folder}': ${error instanceof Error ? error.message : error}`;
}
