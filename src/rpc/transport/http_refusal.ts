/**
 * The answer to what is no gRPC.
 *
 * @module
 */
import type { Stream, StreamHandler } from "../../http2/stream.ts";
import { NO_GRPC } from "./reply.ts";

const NOTHING = new Uint8Array();

/** Answers with a header block of its own, once the request has come in full. */
export class HttpRefusal implements StreamHandler {
  readonly #stream: Stream;
  readonly #block: Uint8Array;

  constructor(stream: Stream, block: Uint8Array) {
    this.#stream = stream;
    this.#block = block;
  }

  data(_bytes: Uint8Array, start: number, end: number): void {
    this.#stream.consumed(end - start);
  }

  endOfData(): void {
    this.#stream.headers(this.#block);
    this.#stream.data(NOTHING, NO_GRPC, () => {});
    this.#stream.end();
  }

  closed(): void {}
}
