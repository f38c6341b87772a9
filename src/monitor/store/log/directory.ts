/** The kinds of files in a store's directory. */
export type FileKind = "log" | "block";

/** A file of the store: `log-00000012`, `block-00000012`. */
export interface StoreFile {
  readonly kind: FileKind;
  readonly number: number;
  readonly path: string;
}

const NAME = /^(log|block)-(\d{8,15})(\.new)?$/;

/** The path of a file of the store. */
export function filePath(directory: string, kind: FileKind, number: number): string {
  return `${directory}/${kind}-${String(number).padStart(8, "0")}`;
}

/** Lists the store's files, the oldest first; removes what a process began and did not finish. */
export async function listFiles(directory: string): Promise<StoreFile[]> {
  const files: StoreFile[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    const [, kind, number, isUnfinished] = NAME.exec(name) ?? [];
    const path = `${directory}/${name}`;
    if (isUnfinished !== undefined) await Deno.remove(path);
    else if (kind === "log" || kind === "block") files.push({ kind, number: Number(number), path });
  }
  return files.sort((a, b) => a.number - b.number);
}

/**
 * Makes a directory where it is missing, and takes it for this process alone until what is returned is
 * disposed of or the process ends, however it does. Throws where another process has it.
 */
export async function lockDirectory(directory: string): Promise<Disposable> {
  try {
    await Deno.mkdir(directory, { recursive: true });
    const file = await Deno.open(`${directory}/lock`, { create: true, read: true, write: true });
    if (await file.tryLock(true)) {
      await file.truncate();
      await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
      return file;
    }
    file.close();
    const owner = (await Deno.readTextFile(`${directory}/lock`)).trim();
    throw new Error(`another process uses it${owner === "" ? "" : ` (process ${owner})`}`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot open the store in '${directory}': ${reason}`, { cause });
  }
}

/** Writes all of it. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Removes a file that may be gone already. */
export async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
