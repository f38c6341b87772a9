/**
 * Reads header blocks (RFC 7541, section 6).
 *
 * @module
 */
import { ConnectionError } from "../error.ts";
import { DynamicTable, sizeOf } from "./dynamic_table.ts";
import { decodeHuffman } from "./huffman.ts";
import { type HeaderField, STATIC_TABLE } from "./static_table.ts";

/** A block that cannot be read; the connection cannot go on (RFC 9113, section 4.3). */
export class HpackError extends ConnectionError {
  constructor(message: string) {
    super("COMPRESSION_ERROR", `A header block has ${message}`);
  }
}

/** What a header block held. */
export interface DecodedBlock {
  /** Names and values in turns. */
  readonly fields: readonly string[];
  /** Whether the fields are larger than the limit; those beyond it are missing. */
  readonly tooLarge: boolean;
}

/** Options of {@linkcode HpackDecoder}. */
export interface HpackDecoderOptions {
  /** Largest size of the dynamic table; SETTINGS_HEADER_TABLE_SIZE as we announced it. */
  readonly maxTableSize: number;
  /** Largest size of the fields of a block, as SETTINGS_MAX_HEADER_LIST_SIZE counts it. */
  readonly maxListSize: number;
}

const STATIC_LENGTH = STATIC_TABLE.length;

/** The decoding half of a connection's HPACK. */
export class HpackDecoder {
  readonly table: DynamicTable;
  readonly #options: HpackDecoderOptions;
  #bytes: Uint8Array = EMPTY;
  #at = 0;
  #end = 0;

  constructor(options: HpackDecoderOptions) {
    this.#options = options;
    this.table = new DynamicTable(options.maxTableSize);
  }

  /** Decodes the block in `bytes` from `start` to `end`. Throws {@linkcode HpackError}. */
  decode(bytes: Uint8Array, start: number, end: number): DecodedBlock {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    const fields: string[] = [];
    let room = this.#options.maxListSize;
    this.#sizeUpdates();
    while (this.#at < end) {
      const first = bytes[this.#at] as number;
      const field = first >= 0x80 ? this.#field(this.#integer(7)) : this.#literal(first);
      room -= sizeOf(field);
      if (room >= 0) fields.push(field.name, field.value);
    }
    this.#bytes = EMPTY;
    return { fields, tooLarge: room < 0 };
  }

  /** Size updates stand at the beginning of a block (section 4.2). */
  #sizeUpdates(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at] as number) >> 5 === 1) {
      const size = this.#integer(5);
      if (size > this.#options.maxTableSize) {
        throw new HpackError(`a table of ${size} bytes, more than ${this.#options.maxTableSize}`);
      }
      this.table.resize(size);
    }
  }

  /** A literal field: added to the table (6.2.1), not added (6.2.2), or never (6.2.3). */
  #literal(first: number): HeaderField {
    if (first >> 5 === 1) throw new HpackError("a size update after a field");
    const added = first >= 0x40;
    const index = this.#integer(added ? 6 : 4);
    const name = index === 0 ? this.#string() : this.#field(index).name;
    const field = { name, value: this.#string() };
    if (added) this.table.add(field);
    return field;
  }

  #field(index: number): HeaderField {
    const field = index <= STATIC_LENGTH
      ? STATIC_TABLE[index - 1]
      : this.table.get(index - STATIC_LENGTH - 1);
    if (field === undefined) throw new HpackError(`no field has the index ${index}`);
    return field;
  }

  #integer(prefix: number): number {
    const limit = (1 << prefix) - 1;
    let value = this.#byte() & limit;
    if (value < limit) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      const next = this.#byte();
      value += (next & 127) << shift;
      if (next < 128) return value;
    }
    throw new HpackError("an integer of more than 28 bits");
  }

  #string(): string {
    const huffman = (this.#bytes[this.#at] as number) >= 0x80;
    const length = this.#integer(7);
    const start = this.#at;
    const end = start + length;
    if (end > this.#end) throw new HpackError("a string that goes beyond its block");
    this.#at = end;
    if (!huffman) return latin1(this.#bytes, start, end);
    if (scratch.length < length * 2) scratch = new Uint8Array(length * 2);
    const decoded = decodeHuffman(this.#bytes, start, end, scratch);
    if (decoded < 0) throw new HpackError("a string whose Huffman code is broken");
    return latin1(scratch, 0, decoded);
  }

  #byte(): number {
    if (this.#at >= this.#end) throw new HpackError("a block that ends early");
    return this.#bytes[this.#at++] as number;
  }
}

const EMPTY = new Uint8Array();
/** What comes out of the Huffman code; for all decoders, and as large as the largest string. */
let scratch = new Uint8Array(4096);
const latin1Decoder = new TextDecoder("latin1");

/** Each byte a code unit. TextDecoder's "latin1" is windows-1252: it differs from 0x80 to 0x9f. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 64 && isAscii(bytes, start, end)) {
    return latin1Decoder.decode(bytes.subarray(start, end));
  }
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 127) return false;
  return true;
}
