import { type BlockFile, DiskJournal } from "./log/disk_journal.ts";
import { listFiles, lockDirectory, removeFile } from "./log/directory.ts";
import { type OpenBatches, readBlock, readLog, type Warn } from "./log/read_files.ts";
import type { StoreOptions } from "./options.ts";
import { Store } from "./store.ts";

/** Options of {@linkcode openStore}. */
export interface OpenStoreOptions extends StoreOptions {
  /** Where samples are kept on disk. Undefined: in memory alone. */
  readonly directory?: string | undefined;
  /** Told of damaged files and of writing that fails, in words for people. Default: nobody. */
  readonly warn?: Warn | undefined;
  /** How often what came in is written, in milliseconds: so much a crash may lose. Default: 2 s. */
  readonly writeEveryMs?: number | undefined;
  /** How often the log becomes a compressed block, in milliseconds. Default: 1 h. */
  readonly blockEveryMs?: number | undefined;
}

/**
 * Opens a store; with a directory, what earlier processes wrote there is in it, however they ended.
 * Throws where another process uses the directory, or it cannot be read and written.
 */
export async function openStore(options: OpenStoreOptions = {}): Promise<Store> {
  const { directory, warn = () => {}, writeEveryMs = 2_000, blockEveryMs = 3_600_000 } = options;
  const store = new Store(options);
  if (directory === undefined) return store;
  const lock = await lockDirectory(directory);
  try {
    const files = await listFiles(directory);
    const blocks: BlockFile[] = [];
    const logs: string[] = [];
    const open: OpenBatches = new Map();
    for (const file of files.filter(({ kind }) => kind === "block")) {
      blocks.push({ path: file.path, newest: await readBlock(store, file, warn) });
    }
    const lastBlock = files.findLast(({ kind }) => kind === "block")?.number ?? -1;
    for (const file of files.filter(({ kind }) => kind === "log")) {
      // The process ended after it wrote the block of this log and before it removed the log.
      if (file.number <= lastBlock) await removeFile(file.path);
      else {
        await readLog(store, file, open, warn);
        logs.push(file.path);
      }
    }
    for (const samples of open.values()) {
      warn(`A batch in '${directory}' has no end: its ${samples.length} samples were left out`);
    }
    const number = (files.at(-1)?.number ?? 0) + 1;
    store.record(
      new DiskJournal(store, {
        directory,
        warn,
        number,
        blocks,
        logs,
        lock,
        writeEveryMs,
        blockEveryMs,
      }),
    );
    return store;
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}
