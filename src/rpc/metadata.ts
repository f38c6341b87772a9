/**
 * Metadata of a call: what HTTP calls headers and trailers.
 *
 * @module
 */

/** A metadata value: bytes where the key ends in `-bin`, printable ASCII elsewhere. */
export type MetadataValue = string | Uint8Array;

const KEY = /^[0-9a-z_.-]+$/;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Key-value pairs that travel with a call. Keys are case-insensitive and may repeat; keys that end
 * in `-bin` hold bytes. Specification: gRPC over HTTP/2, "Custom-Metadata".
 *
 * Throws TypeError for a key or a value that cannot be sent.
 */
export class Metadata {
  readonly #values = new Map<string, MetadataValue[]>();

  constructor(
    init: Iterable<readonly [string, MetadataValue]> | Record<string, MetadataValue> = {},
  ) {
    const pairs = Symbol.iterator in init
      ? init as Iterable<readonly [string, MetadataValue]>
      : Object.entries(init);
    for (const [key, value] of pairs) this.append(key, value);
  }

  /** The first value of `key`, or undefined. */
  get(key: string): MetadataValue | undefined {
    return this.#values.get(key.toLowerCase())?.[0];
  }

  /** Every value of `key`, in the order sent. */
  getAll(key: string): readonly MetadataValue[] {
    return this.#values.get(key.toLowerCase()) ?? [];
  }

  /** Replaces all values of `key` by one. */
  set(key: string, value: MetadataValue): void {
    this.#values.set(checkedKey(key, value), [value]);
  }

  /** Adds a value to those of `key`. */
  append(key: string, value: MetadataValue): void {
    const name = checkedKey(key, value);
    const values = this.#values.get(name);
    if (values) values.push(value);
    else this.#values.set(name, [value]);
  }

  /** Removes `key`; says whether it was there. */
  delete(key: string): boolean {
    return this.#values.delete(key.toLowerCase());
  }

  /** Every pair; a key with several values comes several times. */
  *[Symbol.iterator](): IterableIterator<[string, MetadataValue]> {
    for (const [key, values] of this.#values) {
      for (const value of values) yield [key, value];
    }
  }
}

function checkedKey(key: string, value: MetadataValue): string {
  const name = key.toLowerCase();
  if (!KEY.test(name)) {
    throw new TypeError(
      `Cannot send metadata: the key '${key}' may hold only letters, digits, '_', '-' and '.'`,
    );
  }
  if (name.endsWith("-bin") !== (value instanceof Uint8Array)) {
    throw new TypeError(
      `Cannot send metadata: '${key}' takes ${name.endsWith("-bin") ? "bytes" : "a string"}`,
    );
  }
  if (typeof value === "string" && !ASCII.test(value)) {
    throw new TypeError(
      `Cannot send metadata: the value of '${key}' is not printable ASCII; use '${key}-bin' for bytes`,
    );
  }
  return name;
}
