import type { MetricMetadata } from "../../samples.ts";
import { ByteWriter } from "../codec/byte_writer.ts";
import type { Journal, JournalPart } from "../journal.ts";
import type { Store } from "../store.ts";
import { writeBatch } from "./batch_content.ts";
import { writeMetadata } from "./content.ts";
import { filePath, removeFile, writeAll } from "./directory.ts";
import { writeFrame } from "./frames.ts";
import type { Warn } from "./read_files.ts";
import { writeBlock } from "./write_block.ts";

/** A block on disk. */
export interface BlockFile {
  readonly path: string;
  /** Its newest time, in milliseconds. */
  readonly newest: number;
}

/** How a journal writes. */
export interface DiskJournalOptions {
  readonly directory: string;
  readonly warn: Warn;
  /** The number of the first log. */
  readonly number: number;
  readonly blocks: readonly BlockFile[];
  /** Logs of earlier processes: they go with the first block. */
  readonly logs: readonly string[];
  readonly lock: Disposable;
  readonly writeEveryMs: number;
  readonly blockEveryMs: number;
}

/** What waits to be written is dropped above this, as when a disk is full. */
const MAX_WAITING = 64 * 1024 * 1024;
/** A log that is longer becomes a block before its time. */
const MAX_LOG = 64 * 1024 * 1024;

/**
 * Writes batches to a log every few seconds, and each time to the disk itself (fdatasync); turns the
 * log into a block every hour. What goes wrong is told, and does not touch the store in memory.
 */
export class DiskJournal implements Journal {
  readonly #store: Store;
  readonly #options: DiskJournalOptions;
  readonly #content = new ByteWriter();
  #waiting = new ByteWriter(64 * 1024);
  #spare = new ByteWriter(64 * 1024);
  #known = new Set<number>();
  #number: number;
  #file: Deno.FsFile | undefined;
  #fileLength = 0;
  #logs: string[];
  #blocks: BlockFile[];
  #lastBlock = performance.now();
  #work: Promise<void> = Promise.resolve();
  #blockWork: Promise<void> = Promise.resolve();
  #isWritingBlock = false;
  #isFailing = false;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(store: Store, options: DiskJournalOptions) {
    this.#store = store;
    this.#options = options;
    this.#number = options.number;
    this.#logs = [...options.logs];
    this.#blocks = [...options.blocks];
    this.#timer = setInterval(() => this.#tick(), options.writeEveryMs);
  }

  batch(part: JournalPart): void {
    if (this.#isFull()) return;
    writeBatch(part, this.#known, this.#content);
    this.#frame();
  }

  metadata(family: string, metadata: MetricMetadata): void {
    if (this.#isFull()) return;
    writeMetadata(family, metadata, this.#content);
    this.#frame();
  }

  #frame(): void {
    writeFrame(this.#content.written, this.#waiting);
    this.#content.reset();
  }

  #isFull(): boolean {
    return this.#waiting.length > MAX_WAITING;
  }

  #tick(): void {
    this.flush();
    const isDue = performance.now() - this.#lastBlock >= this.#options.blockEveryMs ||
      this.#fileLength >= MAX_LOG;
    if (isDue && !this.#isWritingBlock) this.compact();
  }

  /** Writes what is waiting; resolves when it is on the disk. */
  flush(): Promise<void> {
    return this.#work = this.#work.then(() => this.#write());
  }

  /** `isLast`: what comes from now on goes to a new log, which says anew what its series are. */
  async #write(isLast = false): Promise<void> {
    const out = this.#waiting;
    this.#waiting = this.#spare;
    this.#spare = out;
    if (isLast) this.#known = new Set();
    try {
      if (out.length > 0) {
        this.#file ??= await this.#open();
        await writeAll(this.#file, out.written);
        await this.#file.syncData();
        this.#fileLength += out.length;
        this.#isFailing = false;
      }
    } catch (cause) {
      this.#fail(`Cannot write to the store in '${this.#options.directory}'`, cause);
      // What came meanwhile builds on what was not written; the next block has all of it.
      this.#waiting.reset();
      this.#known = new Set();
      isLast = true;
    } finally {
      out.reset();
      if (isLast) this.#endLog();
    }
  }

  async #open(): Promise<Deno.FsFile> {
    const path = filePath(this.#options.directory, "log", this.#number);
    const file = await Deno.open(path, { createNew: true, write: true });
    this.#logs.push(path);
    return file;
  }

  /** Once, until it works again. */
  #fail(what: string, cause: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#options.warn(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }

  #endLog(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#fileLength = 0;
    this.#number++;
  }

  /** Turns the logs into a block, and drops blocks that are too old. */
  compact(): Promise<void> {
    this.#isWritingBlock = true;
    this.#lastBlock = performance.now();
    return this.#blockWork = this.#blockWork.then(() => this.#compact()).finally(() => {
      this.#isWritingBlock = false;
    });
  }

  async #compact(): Promise<void> {
    let logs: string[] = [];
    let number = 0;
    // What is in these logs is in the store too.
    await (this.#work = this.#work.then(async () => {
      number = this.#number;
      await this.#write(true);
      logs = this.#logs;
      this.#logs = [];
    }));
    const path = filePath(this.#options.directory, "block", number);
    try {
      const newest = await writeBlock(this.#store, path, this.#blocks.at(-1)?.newest ?? -Infinity);
      this.#blocks.push({ path, newest });
      for (const log of logs) await removeFile(log);
      await this.#dropBlocks();
    } catch (cause) {
      this.#logs.unshift(...logs);
      this.#fail(`Cannot write a block of the store in '${this.#options.directory}'`, cause);
    }
  }

  async #dropBlocks(): Promise<void> {
    const since = this.#store.contents.table.keptSince;
    const old = this.#blocks.filter(({ newest }) => newest < since);
    this.#blocks = this.#blocks.filter(({ newest }) => newest >= since);
    for (const { path } of old) await removeFile(path);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#blockWork;
    await this.flush();
    this.#file?.close();
    this.#file = undefined;
    this.#options.lock[Symbol.dispose]();
  }
}
