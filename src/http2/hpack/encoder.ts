/**
 * Writes header blocks (RFC 7541, section 6).
 *
 * It adds nothing to the peer's dynamic table. So a block means the same on every connection and at
 * any time: those that every reply needs are encoded once in the life of the process.
 *
 * @module
 */
import { encodeHuffman } from "./huffman.ts";
import { STATIC_FIELDS, STATIC_NAMES } from "./static_table.ts";

/** Names and values in turns; code units up to 255, each a byte. Names are in lower case. */
export type Fields = readonly string[];

/** Values that intermediaries, too, must keep out of their tables (section 7.1.3). */
const SECRET: ReadonlySet<string> = new Set(["authorization", "cookie", "set-cookie"]);

/**
 * The update by which the peer's table gets no room at all (section 6.3). It must come before a block
 * when the peer has made its table smaller (section 4.2), and holds for whatever size comes later.
 */
export const EMPTY_TABLE: Uint8Array = Uint8Array.of(0x20);

/** Encodes a header block. */
export function encodeFields(fields: Fields): Uint8Array {
  const block: number[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    encodeField(fields[at] as string, fields[at + 1] as string, block);
  }
  return Uint8Array.from(block);
}

function encodeField(name: string, value: string, block: number[]): void {
  const index = STATIC_FIELDS.get(`${name}: ${value}`);
  if (index !== undefined) return encodeInteger(index, 7, 0x80, block);
  encodeInteger(STATIC_NAMES.get(name) ?? 0, 4, SECRET.has(name) ? 0x10 : 0, block);
  if (!STATIC_NAMES.has(name)) encodeString(name, block);
  encodeString(value, block);
}

/** In the Huffman code where that is shorter (section 5.2). */
function encodeString(text: string, block: number[]): void {
  const coded = encodeHuffman(text);
  const isShorter = coded.length < text.length;
  encodeInteger(isShorter ? coded.length : text.length, 7, isShorter ? 0x80 : 0, block);
  if (isShorter) coded.forEach((byte) => block.push(byte));
  else for (let at = 0; at < text.length; at++) block.push(text.charCodeAt(at));
}

/**
 * Adds `value` to `target`, its first bits in the lowest `prefix` bits of a byte that begins as `first`
 * (section 5.1).
 */
export function encodeInteger(
  value: number,
  prefix: number,
  first: number,
  target: number[],
): void {
  const limit = (1 << prefix) - 1;
  if (value < limit) {
    target.push(first | value);
    return;
  }
  target.push(first | limit);
  let rest = value - limit;
  for (; rest >= 128; rest = Math.floor(rest / 128)) target.push(rest % 128 | 128);
  target.push(rest);
}
