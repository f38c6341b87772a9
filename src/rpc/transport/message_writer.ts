/**
 * Sends messages on a stream: gRPC over HTTP/2, "Length-Prefixed-Message".
 *
 * @module
 */
import type { Stream } from "../../http2/stream.ts";
import { compress, type Encoding } from "./compression.ts";

/** Where the prefix of a message is written; the stream takes it at once. */
const prefix = new Uint8Array(5);

/** Sends a message; `sent` is called when the next one may follow, unless the stream ends before. */
export function writeMessage(
  stream: Stream,
  bytes: Uint8Array,
  sent: () => void,
  isCompressed = false,
): void {
  const { length } = bytes;
  prefix[0] = isCompressed ? 1 : 0;
  prefix[1] = length >>> 24;
  prefix[2] = length >>> 16;
  prefix[3] = length >>> 8;
  prefix[4] = length;
  stream.data(prefix, bytes, sent);
}

/** Sends the messages of a call whose replies may be compressed, in order, and its end after them. */
export class CompressingWriter {
  /** How messages are compressed; undefined when the caller takes none that are. */
  readonly encoding: Encoding | undefined;
  /** Whether those that follow are. */
  isOn = false;
  readonly #stream: Stream;
  #isBusy = false;
  #next: (() => void) | undefined;

  constructor(stream: Stream, encoding: Encoding | undefined) {
    this.#stream = stream;
    this.encoding = encoding;
  }

  /** As {@linkcode writeMessage}; `sent` is called later when the message is a large one. */
  write(bytes: Uint8Array, sent: () => void): void {
    const { encoding, isOn } = this;
    if (encoding === undefined || !isOn) return writeMessage(this.#stream, bytes, sent);
    const compressed = compress(encoding, bytes, () => !this.#stream.isClosed);
    const write = (compressed: Uint8Array) =>
      writeMessage(this.#stream, compressed, sent, compressed !== bytes);
    if (!(compressed instanceof Promise)) return write(compressed);
    this.#isBusy = true;
    compressed.then((compressed) => {
      this.#isBusy = false;
      write(compressed);
      this.#next?.();
    });
  }

  /** Runs `next` once the message that is being compressed, if any, was given to the stream. */
  afterwards(next: () => void): void {
    if (this.#isBusy) this.#next = next;
    else next();
  }
}
