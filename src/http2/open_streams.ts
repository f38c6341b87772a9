/**
 * The open streams of a connection, by number.
 *
 * @module
 */
import type { Stream } from "./stream.ts";

/** A power of two: more than most connections have streams at a time. */
const PLACES = 256;

/**
 * A map that streams come to and leave again for hours makes itself anew all the time, and what it leaves
 * behind keeps dead streams from being collected young. So each stream has a place by its number, which
 * it leaves empty; only one whose place is still taken by a stream that lasts goes into a map.
 */
export class OpenStreams {
  // Made with the first stream: connections that idle have none.
  #places: (Stream | undefined)[] | undefined;
  readonly #others = new Map<number, Stream>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: number): Stream | undefined {
    const stream = this.#places?.[placeOf(id)];
    if (stream?.id === id) return stream;
    return this.#others.size === 0 ? undefined : this.#others.get(id);
  }

  /** Adds a stream whose number is not there. */
  add(stream: Stream): void {
    const places = this.#places ??= new Array<Stream | undefined>(PLACES).fill(undefined);
    const place = placeOf(stream.id);
    if (places[place] === undefined) places[place] = stream;
    else this.#others.set(stream.id, stream);
    this.#size++;
  }

  /** Removes a stream that is there. */
  delete(stream: Stream): void {
    const places = this.#places;
    const place = placeOf(stream.id);
    if (places?.[place] === stream) places[place] = undefined;
    else this.#others.delete(stream.id);
    this.#size--;
  }

  /** All that are open; any may be removed meanwhile. */
  *[Symbol.iterator](): IterableIterator<Stream> {
    if (this.#size === 0) return;
    for (const stream of this.#places ?? []) if (stream !== undefined) yield stream;
    yield* this.#others.values();
  }
}

/** A client's streams have odd numbers. */
function placeOf(id: number): number {
  return id >>> 1 & PLACES - 1;
}
