/**
 * Strings in the Huffman code of HPACK (RFC 7541, section 5.2).
 *
 * @module
 */
import { EOS, HUFFMAN_CODES } from "./huffman_code.ts";

/** Decoding goes byte by byte: a node is what the bits so far lead to, for each next byte. */
const NODE_SIZE = 256;
/** In a leaf: the symbol, and how many of the byte's bits belong to it. */
const SYMBOL_BITS = 9;
const LEAF = 1 << 15;

const table = decodingTable();

function decodingTable(): Uint16Array {
  const entries: number[] = new Array(NODE_SIZE).fill(0);
  for (const { symbol, code, bits } of HUFFMAN_CODES) {
    let node = 0;
    let left = bits;
    for (; left > 8; left -= 8) {
      const at = node * NODE_SIZE + (code >>> (left - 8) & 255);
      if (entries[at] === 0) {
        entries[at] = entries.length / NODE_SIZE;
        entries.push(...new Array(NODE_SIZE).fill(0));
      }
      node = entries[at] as number;
    }
    const first = node * NODE_SIZE + (code << (8 - left) & 255);
    entries.fill(LEAF | left << SYMBOL_BITS | symbol, first, first + (1 << (8 - left)));
  }
  return Uint16Array.from(entries);
}

/**
 * Decodes `bytes` from `start` to `end` into `target` and returns how many bytes came out, at most
 * 8/5 as many as went in; -1 when EOS is among them or the padding is not what it must be.
 */
export function decodeHuffman(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
): number {
  let bits = 0;
  let count = 0;
  let node = 0;
  /** Bits since the last symbol, which at the end are padding. */
  let pending = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    bits = (bits << 8 | (bytes[at] as number)) & 0xffffff;
    count += 8;
    pending += 8;
    while (count >= 8) {
      const entry = table[node + (bits >>> (count - 8) & 255)] as number;
      if (entry < LEAF) {
        node = entry * NODE_SIZE;
        count -= 8;
        continue;
      }
      const symbol = entry & 511;
      if (symbol === EOS) return -1;
      target[length++] = symbol;
      count -= entry >>> SYMBOL_BITS & 15;
      pending = count;
      node = 0;
    }
  }
  while (count > 0) {
    const entry = table[node + (bits << (8 - count) & 255)] as number;
    const used = entry >>> SYMBOL_BITS & 15;
    if (entry < LEAF || used > count) break;
    target[length++] = entry & 511;
    count -= used;
    pending = count;
    node = 0;
  }
  const padding = (1 << pending) - 1;
  return pending < 8 && (bits & padding) === padding ? length : -1;
}

/** How many bytes `text` (of code units up to 255) takes in the Huffman code. */
export function huffmanLength(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits += HUFFMAN_CODES[text.charCodeAt(at)]?.bits ?? 0;
  return bits + 7 >>> 3;
}

/** Encodes `text` (of code units up to 255) at the end of `target`. */
export function encodeHuffman(text: string, target: number[]): void {
  // Fewer than 8 bits wait, and a code adds up to 30: more than the 32 of a bit operation.
  let waiting = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const { code = 0, bits = 0 } = HUFFMAN_CODES[text.charCodeAt(at)] ?? {};
    for (let left = bits; left > 0;) {
      const taken = Math.min(left, 8 - count);
      left -= taken;
      waiting = waiting << taken | (code >>> left & (1 << taken) - 1);
      count += taken;
      if (count === 8) {
        target.push(waiting);
        waiting = count = 0;
      }
    }
  }
  if (count > 0) target.push(waiting << (8 - count) | (1 << (8 - count)) - 1);
}
