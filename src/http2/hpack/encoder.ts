/**
 * Writes header blocks (RFC 7541, section 6).
 *
 * It adds nothing to the peer's dynamic table. So a block means the same on every connection and at
 * any time: those that every reply needs are encoded once in the life of the process.
 *
 * @module
 */
import { encodeHuffman, huffmanLength } from "./huffman.ts";
import { encodeInteger } from "./integer.ts";
import { STATIC_FIELDS, STATIC_NAMES } from "./static_table.ts";

/** Names and values in turns; code units up to 255, each a byte. Names are in lower case. */
export type Fields = readonly string[];

/** Values that intermediaries, too, must keep out of their tables (section 7.1.3). */
const SECRET: ReadonlySet<string> = new Set(["authorization", "cookie", "set-cookie"]);

/** Encodes a header block. */
export function encodeFields(fields: Fields): Uint8Array {
  const block: number[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    encodeField(fields[at] as string, fields[at + 1] as string, block);
  }
  return Uint8Array.from(block);
}

/** Encodes what tells the peer that its table may shrink (section 6.3). */
export function encodeSizeUpdate(maxSize: number): Uint8Array {
  const update: number[] = [];
  encodeInteger(maxSize, 5, 0x20, update);
  return Uint8Array.from(update);
}

function encodeField(name: string, value: string, block: number[]): void {
  const index = STATIC_FIELDS.get(`${name}: ${value}`);
  if (index !== undefined) return encodeInteger(index, 7, 0x80, block);
  encodeInteger(STATIC_NAMES.get(name) ?? 0, 4, SECRET.has(name) ? 0x10 : 0, block);
  if (!STATIC_NAMES.has(name)) encodeString(name, block);
  encodeString(value, block);
}

function encodeString(text: string, block: number[]): void {
  const length = huffmanLength(text);
  if (length < text.length) {
    encodeInteger(length, 7, 0x80, block);
    return encodeHuffman(text, block);
  }
  encodeInteger(text.length, 7, 0, block);
  for (let at = 0; at < text.length; at++) block.push(text.charCodeAt(at));
}
