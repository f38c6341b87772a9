/**
 * HEADERS and CONTINUATION of a client: requests and their trailers (RFC 9113, sections 6.2, 6.10, 8.1).
 *
 * @module
 */
import { ConnectionError, StreamError } from "./error.ts";
import { Flag, type Frame, readUint31 } from "./frame.ts";
import { requireStream, unpadded } from "./frame_checks.ts";
import { type HeaderBlock, HeaderBlocks } from "./header_block.ts";
import { trailersFault } from "./request_head.ts";
import type { Stream } from "./stream.ts";
import type { Streams } from "./streams.ts";

/** Takes the header blocks of one connection. Throws {@linkcode ConnectionError} and {@linkcode StreamError}. */
export class IncomingHeaders {
  readonly #streams: Streams;
  readonly #blocks: HeaderBlocks;
  readonly #onUseless: () => void;
  #dependsOnItself = false;

  /** `onUseless` is told of headers that come too late for a stream that we have ended. */
  constructor(streams: Streams, maxListSize: number, onUseless: () => void) {
    this.#streams = streams;
    this.#blocks = new HeaderBlocks(maxListSize);
    this.#onUseless = onUseless;
  }

  /** Whether CONTINUATION must come next. */
  get isOpen(): boolean {
    return this.#blocks.isOpen;
  }

  /** 6.2 */
  begin(frame: Frame): void {
    requireStream(frame);
    const end = unpadded(frame);
    let { start } = frame;
    this.#dependsOnItself = false;
    if ((frame.flags & Flag.PRIORITY) !== 0) {
      if (end - start < 5) throw new ConnectionError("PROTOCOL_ERROR", "HEADERS end early");
      this.#dependsOnItself = readUint31(frame.bytes, start) === frame.stream;
      start += 5;
    }
    const block = this.#blocks.begin(frame, start, end);
    if (block !== undefined) this.#take(block);
  }

  /** 6.10; any frame that comes while {@linkcode isOpen} */
  continue(frame: Frame): void {
    const block = this.#blocks.continue(frame);
    if (block !== undefined) this.#take(block);
  }

  #take(block: HeaderBlock): void {
    const id = block.stream;
    const stream = this.#streams.get(id);
    if (stream !== undefined) return this.#trailers(stream, block);
    if (id <= this.#streams.last) return this.#tooLate(block);
    if (id % 2 === 0) throw new ConnectionError("PROTOCOL_ERROR", `Stream ${id} is a server's`);
    this.#streams.last = id;
    const head = this.#blocks.decodeHead(block);
    if (typeof head === "string") throw new StreamError(id, "PROTOCOL_ERROR", head);
    if (this.#dependsOnItself) throw new StreamError(id, "PROTOCOL_ERROR", "depends on itself");
    this.#streams.open(id, head, block.endStream);
  }

  /** 8.1: HEADERS that end a request. */
  #trailers(stream: Stream, block: HeaderBlock): void {
    const { fields, tooLarge } = this.#blocks.decode(block);
    if (stream.remoteEnded) {
      throw new StreamError(stream.id, "STREAM_CLOSED", "HEADERS after the end of the request");
    }
    const fault = block.endStream ? trailersFault(fields) : "trailers do not end the request";
    if (tooLarge || fault !== undefined) {
      throw new StreamError(stream.id, "PROTOCOL_ERROR", fault ?? "the trailers are too large");
    }
    this.#streams.end(stream);
  }

  /** 5.1 and 5.1.1: the stream is closed, or was passed over. */
  #tooLate(block: HeaderBlock): void {
    const id = block.stream;
    this.#blocks.decode(block);
    const by = this.#streams.closedBy(id);
    if (by === "us") return this.#onUseless();
    if (by === "peer") throw new StreamError(id, "STREAM_CLOSED", "HEADERS after RST_STREAM");
    const code = by === "end" ? "STREAM_CLOSED" : "PROTOCOL_ERROR";
    throw new ConnectionError(code, `Stream ${id} cannot be opened any more`);
  }
}
