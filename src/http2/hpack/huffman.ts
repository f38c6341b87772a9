/**
 * Strings in the Huffman code of HPACK (RFC 7541, section 5.2).
 *
 * @module
 */
import { EOS, HUFFMAN_CODES, type HuffmanCode } from "./huffman_code.ts";

/**
 * The code as a tree: entries 2n and 2n+1 are where a 0 and a 1 lead from node n, to another node or, as
 * `~symbol`, to a symbol. The root is 0.
 */
const tree = codeTree();

function codeTree(): readonly number[] {
  const tree = [0, 0];
  HUFFMAN_CODES.forEach(({ code, bits }, symbol) => {
    let at = code >>> (bits - 1);
    for (let left = bits - 2; left >= 0; left--) {
      if (tree[at] === 0) tree[at] = tree.push(0, 0) / 2 - 1;
      at = 2 * (tree[at] as number) + (code >>> left & 1);
    }
    tree[at] = ~symbol;
  });
  return tree;
}

/** In an entry of the table below, beside a node (8 bits) and a symbol (8 bits). */
const HAS_SYMBOL = 1 << 16;
const IS_BROKEN = 1 << 17;

/** What four bits lead to: from each node 16 entries. No code is shorter, so there is one symbol at most. */
const table = Uint32Array.from({ length: 8 * tree.length }, (_, at) => walk(at >>> 4, at & 15));

function walk(from: number, bits: number): number {
  let node = from;
  let found = 0;
  for (let left = 3; left >= 0; left--) {
    node = tree[2 * node + (bits >>> left & 1)] as number;
    if (node >= 0) continue;
    if (~node === EOS) return IS_BROKEN;
    found = HAS_SYMBOL | ~node << 8;
    node = 0;
  }
  return found | node;
}

/** Nodes at which a string may end: after a symbol, and up to 7 ones of padding. */
const ends: readonly number[] = Array.from({ length: 8 }, (_, ones) => {
  let node = 0;
  for (let at = 0; at < ones; at++) node = tree[2 * node + 1] as number;
  return node;
});

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
  let node = 0;
  let length = 0;
  for (let at = 2 * start; at < 2 * end; at++) {
    const byte = bytes[at >>> 1] as number;
    const entry = table[node << 4 | (at & 1 ? byte & 15 : byte >>> 4)] as number;
    if (entry & IS_BROKEN) return -1;
    if (entry & HAS_SYMBOL) target[length++] = entry >>> 8;
    node = entry & 255;
  }
  return ends.includes(node) ? length : -1;
}

/** Encodes `text`, of code units up to 255. */
export function encodeHuffman(text: string): number[] {
  const bytes: number[] = [];
  // Fewer than 8 bits wait, and a code adds up to 30: more than the 32 of a bit operation.
  let waiting = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const { code, bits } = HUFFMAN_CODES[text.charCodeAt(at)] as HuffmanCode;
    for (let left = bits; left > 0;) {
      const taken = Math.min(left, 8 - count);
      left -= taken;
      waiting = waiting << taken | (code >>> left & (1 << taken) - 1);
      count += taken;
      if (count === 8) {
        bytes.push(waiting);
        waiting = count = 0;
      }
    }
  }
  if (count > 0) bytes.push(waiting << (8 - count) | (1 << (8 - count)) - 1);
  return bytes;
}
