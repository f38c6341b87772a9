import type { ByteReader } from "./codec/byte_reader.ts";

const PAGE = 65_536;

interface Page {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Pieces that are still in use. */
  pieces: number;
}

/** Where a piece is. */
export interface Place {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly at: number;
}

/**
 * Many small pieces of bytes in few large pages, since a typed array for each would cost more than
 * what it holds. Pieces written about the same time share a page, and a page goes with its last piece.
 */
export class Arena {
  readonly #pages = new Map<number, Page>();
  #current: Page | undefined;
  #id = -1;
  #used = 0;
  #bytes = 0;

  /** Bytes of all pages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Copies a piece in; gives where it is. */
  add(piece: Uint8Array): number {
    let page = this.#current;
    if (page === undefined || this.#used + piece.length > page.bytes.length) {
      page = this.#open(piece.length);
    }
    page.bytes.set(piece, this.#used);
    page.pieces++;
    const reference = this.#id * PAGE + this.#used;
    this.#used += piece.length;
    return reference;
  }

  #open(needed: number): Page {
    this.#drop(this.#id, this.#current);
    const page: Page = { bytes: new Uint8Array(Math.max(PAGE, needed)), pieces: 0 };
    this.#pages.set(++this.#id, page);
    this.#bytes += page.bytes.length;
    this.#used = 0;
    this.#current = page;
    return page;
  }

  /** Puts the reader at the beginning of a piece. */
  read(reference: number, reader: ByteReader): void {
    reader.moveTo(this.#page(reference).bytes, reference % PAGE);
  }

  /** Where a piece is: it can be read from there even after it was given up. */
  locate(reference: number): Place {
    return { bytes: this.#page(reference).bytes, at: reference % PAGE };
  }

  #page(reference: number): Page {
    const page = this.#pages.get(Math.floor(reference / PAGE));
    if (page === undefined) throw new RangeError("a piece of the store was read after its end");
    return page;
  }

  /** Gives a piece up. */
  remove(reference: number): void {
    const id = Math.floor(reference / PAGE);
    const page = this.#pages.get(id);
    if (page === undefined) return;
    page.pieces--;
    if (page !== this.#current) this.#drop(id, page);
  }

  #drop(id: number, page: Page | undefined): void {
    if (page === undefined || page.pieces > 0 || !this.#pages.delete(id)) return;
    this.#bytes -= page.bytes.length;
  }
}
