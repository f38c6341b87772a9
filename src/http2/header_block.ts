/**
 * Header blocks: put together from HEADERS and CONTINUATION, bounded, decoded (RFC 9113, sections 4.3,
 * 6.2 and 6.10).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { Flag, type Frame, FrameType, readUint31, unpad } from "./frame.ts";
import { type DecodedBlock, HpackDecoder } from "./hpack/decoder.ts";
import { type RequestHead, requestHead } from "./request_head.ts";
import { DEFAULT_TABLE_SIZE } from "./settings.ts";

/** More CONTINUATION frames than this carry little each, to make work (CVE-2024-27316). */
const MAX_CONTINUATIONS = 16;

/** A block may be larger than its fields when decoded, by size updates and long integers; not by much. */
const MAX_BLOCK_FACTOR = 2;

/** How many heads are kept for requests to come, and how long the blocks of such may be. */
const CACHED_HEADS = 4;
const MAX_CACHED_BLOCK = 256;

/** A block that changed nothing of the table: it means the same while that has this version. */
interface CachedHead {
  readonly block: Uint8Array;
  readonly version: number;
  readonly head: RequestHead;
}

/** Reads the header blocks of a connection. */
export class HeaderBlocks {
  readonly #maxListSize: number;
  readonly #decoder: HpackDecoder;
  /** HEADERS whose CONTINUATION must come next, with as much of the block as has come. */
  #open: Frame | undefined;
  #continuations = 0;
  readonly #cache: CachedHead[] = [];

  constructor(maxListSize: number) {
    this.#maxListSize = maxListSize;
    this.#decoder = new HpackDecoder({ maxTableSize: DEFAULT_TABLE_SIZE, maxListSize });
  }

  /** Whether CONTINUATION must come next. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Takes HEADERS, or what comes while {@linkcode isOpen}; returns HEADERS with all of its block. */
  take(frame: Frame): Frame | undefined {
    if (this.#open !== undefined) return this.#continue(this.#open, frame);
    unpad(frame);
    if ((frame.flags & Flag.PRIORITY) !== 0 && frame.end - frame.start < 5) {
      throw new ConnectionError("PROTOCOL_ERROR", "HEADERS end early");
    }
    if ((frame.flags & Flag.END_HEADERS) !== 0) return frame;
    const bytes = frame.bytes.slice(frame.start, frame.end);
    this.#open = { ...frame, bytes, start: 0, end: bytes.length };
    this.#continuations = 0;
    return undefined;
  }

  #continue(open: Frame, { type, flags, stream, bytes, start, end }: Frame): Frame | undefined {
    if (type !== FrameType.CONTINUATION || stream !== open.stream) {
      throw new ConnectionError("PROTOCOL_ERROR", "Only CONTINUATION may follow here");
    }
    const size = open.end + end - start;
    if (
      ++this.#continuations > MAX_CONTINUATIONS || size > this.#maxListSize * MAX_BLOCK_FACTOR
    ) {
      throw new ConnectionError("ENHANCE_YOUR_CALM", "The header block is too large", "headers");
    }
    const whole = new Uint8Array(size);
    whole.set(open.bytes);
    whole.set(bytes.subarray(start, end), open.end);
    open.bytes = whole;
    open.end = size;
    if ((flags & Flag.END_HEADERS) === 0) return undefined;
    this.#open = undefined;
    return open;
  }

  /** The fields of a block; every block must come here, since it changes what later ones mean. */
  decode({ bytes, start, end }: Frame): DecodedBlock {
    return this.#decoder.decode(bytes, start, end);
  }

  /** As {@linkcode decode}, the head of a request. */
  decodeHead(block: Frame): RequestHead | "malformed" | "too large" {
    const { version } = this.#decoder.table;
    const cached = this.#cached(block, version);
    if (cached !== undefined) return cached;
    const { fields, tooLarge } = this.decode(block);
    if (tooLarge) return "too large";
    const head = requestHead(fields);
    if (head === undefined) return "malformed";
    if (this.#decoder.table.version === version) this.#keep(block, version, head);
    return head;
  }

  #cached({ bytes, start, end }: Frame, version: number): RequestHead | undefined {
    for (const cached of this.#cache) {
      if (cached.version === version && isSame(cached.block, bytes, start, end)) return cached.head;
    }
    return undefined;
  }

  #keep({ bytes, start, end }: Frame, version: number, head: RequestHead): void {
    if (end - start > MAX_CACHED_BLOCK) return;
    if (this.#cache.length === CACHED_HEADS) this.#cache.shift();
    this.#cache.push({ block: bytes.slice(start, end), version, head });
  }
}

/**
 * Takes the priority off a block (6.2). Returns whether a stream depends on itself, which RFC 7540 did
 * not allow (5.3.1).
 */
export function takePriority(block: Frame): boolean {
  if ((block.flags & Flag.PRIORITY) === 0) return false;
  const dependsOn = readUint31(block.bytes, block.start);
  block.start += 5;
  return dependsOn === block.stream;
}

function isSame(block: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (block.length !== end - start) return false;
  for (let at = 0; at < block.length; at++) if (block[at] !== bytes[start + at]) return false;
  return true;
}
