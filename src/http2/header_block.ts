/**
 * Header blocks: put together from HEADERS and CONTINUATION, bounded, decoded (RFC 9113, sections 4.3,
 * 6.2 and 6.10).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { Flag, type Frame, FrameType } from "./frame.ts";
import { type DecodedBlock, HpackDecoder, HpackError } from "./hpack/decoder.ts";
import { type RequestHead, requestHead } from "./request_head.ts";
import { DEFAULT_TABLE_SIZE } from "./settings.ts";

/** A block in full. */
export interface HeaderBlock {
  readonly stream: number;
  readonly endStream: boolean;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** More CONTINUATION frames than this carry little each, to make work (CVE-2024-27316). */
const MAX_CONTINUATIONS = 16;

/** A block may be larger than its fields when decoded, by size updates and long integers; not by much. */
const MAX_BLOCK_FACTOR = 2;

/** How many heads are kept for requests to come, and how long the blocks of such may be. */
const CACHED_HEADS = 4;
const MAX_CACHED_BLOCK = 256;

/** Reads the header blocks of a connection. */
export class HeaderBlocks {
  readonly #maxListSize: number;
  readonly #decoder: HpackDecoder;
  #open: { stream: number; endStream: boolean; parts: Uint8Array[]; size: number } | undefined;
  /** Blocks that changed nothing of the table, and their heads, while the table is as it was. */
  readonly #cache: { readonly block: Uint8Array; readonly head: RequestHead }[] = [];
  #cacheVersion = 0;

  constructor(maxListSize: number) {
    this.#maxListSize = maxListSize;
    this.#decoder = new HpackDecoder({ maxTableSize: DEFAULT_TABLE_SIZE, maxListSize });
  }

  /** Whether CONTINUATION must come next. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Takes HEADERS, its payload without padding and priority; returns the block if that is all. */
  begin(frame: Frame, start: number, end: number): HeaderBlock | undefined {
    const { stream, bytes } = frame;
    const endStream = (frame.flags & Flag.END_STREAM) !== 0;
    if ((frame.flags & Flag.END_HEADERS) !== 0) return { stream, endStream, bytes, start, end };
    this.#open = { stream, endStream, parts: [bytes.slice(start, end)], size: end - start };
    return undefined;
  }

  /** Takes the frame that follows while {@linkcode isOpen}; returns the block if that is all. */
  continue({ type, flags, stream, bytes, start, end }: Frame): HeaderBlock | undefined {
    const open = this.#open;
    if (open === undefined || type !== FrameType.CONTINUATION || stream !== open.stream) {
      throw new ConnectionError("PROTOCOL_ERROR", "Only CONTINUATION may follow here");
    }
    open.parts.push(bytes.slice(start, end));
    open.size += end - start;
    if (
      open.parts.length > MAX_CONTINUATIONS || open.size > this.#maxListSize * MAX_BLOCK_FACTOR
    ) {
      throw new ConnectionError("ENHANCE_YOUR_CALM", "The header block is too large", "headers");
    }
    if ((flags & Flag.END_HEADERS) === 0) return undefined;
    this.#open = undefined;
    const whole = new Uint8Array(open.size);
    let at = 0;
    for (const part of open.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return { stream, endStream: open.endStream, bytes: whole, start: 0, end: whole.length };
  }

  /** The fields of a block; every block must come here, since it changes what later ones mean. */
  decode({ bytes, start, end }: HeaderBlock): DecodedBlock {
    try {
      return this.#decoder.decode(bytes, start, end);
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      throw new ConnectionError("COMPRESSION_ERROR", `A header block has ${error.message}`);
    }
  }

  /** The head of a request, in words what makes it malformed, or undefined when it is too large. */
  decodeHead(block: HeaderBlock): RequestHead | string | undefined {
    const cached = this.#cached(block);
    if (cached !== undefined) return cached;
    const { fields, tooLarge, repeatable } = this.decode(block);
    if (tooLarge) return undefined;
    const head = requestHead(fields);
    if (repeatable && typeof head === "object") this.#keep(block, head);
    return head;
  }

  #cached({ bytes, start, end }: HeaderBlock): RequestHead | undefined {
    if (this.#cacheVersion !== this.#decoder.table.version) {
      this.#cache.length = 0;
      this.#cacheVersion = this.#decoder.table.version;
      return undefined;
    }
    for (const { block, head } of this.#cache) {
      if (block.length === end - start && isSame(block, bytes, start)) return head;
    }
    return undefined;
  }

  #keep({ bytes, start, end }: HeaderBlock, head: RequestHead): void {
    if (end - start > MAX_CACHED_BLOCK) return;
    if (this.#cache.length === CACHED_HEADS) this.#cache.shift();
    this.#cache.push({ block: bytes.slice(start, end), head });
  }
}

function isSame(block: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < block.length; at++) if (block[at] !== bytes[start + at]) return false;
  return true;
}
