/**
 * The dynamic table of HPACK (RFC 7541, sections 2.3.2 and 4).
 *
 * @module
 */
import type { HeaderField } from "./static_table.ts";

/** Fields that came before; the oldest go when the size is exceeded. */
export class DynamicTable {
  /** How often it has changed: what was decoded with another count may mean something else now. */
  version = 0;
  /** The newest last; at most as many as have room with empty names and values, some 128. */
  readonly #fields: HeaderField[] = [];
  #size = 0;
  #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** The sum of the sizes of all fields. */
  get size(): number {
    return this.#size;
  }

  get length(): number {
    return this.#fields.length;
  }

  /** The field with this index, 0 being the newest; undefined where there is none. */
  get(index: number): HeaderField | undefined {
    return this.#fields[this.#fields.length - 1 - index];
  }

  /** Adds a field; one larger than the table leaves it empty (section 4.4). */
  add(field: HeaderField): void {
    this.version++;
    const size = sizeOf(field);
    this.#evict(this.#maxSize - size);
    if (size > this.#maxSize) return;
    this.#fields.push(field);
    this.#size += size;
  }

  /** Changes the largest size (section 4.3). */
  resize(maxSize: number): void {
    this.version++;
    this.#maxSize = maxSize;
    this.#evict(maxSize);
  }

  #evict(room: number): void {
    while (this.#size > room) {
      const oldest = this.#fields.shift();
      if (oldest === undefined) return;
      this.#size -= sizeOf(oldest);
    }
  }
}

/** The size of a field, as it counts for tables and for lists of fields (section 4.1). */
export function sizeOf({ name, value }: HeaderField): number {
  return name.length + value.length + 32;
}
