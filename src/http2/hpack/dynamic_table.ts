/**
 * The dynamic table of HPACK (RFC 7541, sections 2.3.2 and 4), a ring.
 *
 * @module
 */
import { FIELD_OVERHEAD, type HeaderField } from "./static_table.ts";

/** Fields that came before, the newest first; the oldest go when the size is exceeded. */
export class DynamicTable {
  /** How often it has changed: what was decoded with another count may mean something else now. */
  version = 0;
  #fields: (HeaderField | undefined)[] = new Array(16).fill(undefined);
  /** Where the newest is. */
  #newest = 0;
  #count = 0;
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
    return this.#count;
  }

  /** The field with this index, 0 being the newest; undefined where there is none. */
  get(index: number): HeaderField | undefined {
    if (index >= this.#count) return undefined;
    return this.#fields[this.#newest - index & this.#fields.length - 1];
  }

  /** Adds a field; one larger than the table leaves it empty (section 4.4). */
  add(field: HeaderField): void {
    this.version++;
    const size = sizeOf(field);
    this.#evict(this.#maxSize - size);
    if (size > this.#maxSize) return;
    if (this.#count === this.#fields.length) this.#grow();
    this.#newest = this.#newest + 1 & this.#fields.length - 1;
    this.#fields[this.#newest] = field;
    this.#count++;
    this.#size += size;
  }

  /** Changes the largest size (section 4.3). */
  resize(maxSize: number): void {
    this.version++;
    this.#maxSize = maxSize;
    this.#evict(maxSize);
  }

  #evict(room: number): void {
    while (this.#count > 0 && this.#size > room) {
      const oldest = this.#newest - --this.#count & this.#fields.length - 1;
      this.#size -= sizeOf(this.#fields[oldest] as HeaderField);
      this.#fields[oldest] = undefined;
    }
  }

  #grow(): void {
    const kept = Array.from({ length: this.#count }, (_, at) => this.get(this.#count - 1 - at));
    this.#fields = [...kept, ...new Array(this.#fields.length).fill(undefined)];
    this.#newest = this.#count - 1;
  }
}

function sizeOf({ name, value }: HeaderField): number {
  return name.length + value.length + FIELD_OVERHEAD;
}
