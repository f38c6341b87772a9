/**
 * The store on disk: a log of what came in lately, and blocks of compressed chunks for what is older.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import type { ByteWriter } from "../codec/byte_writer.ts";

/** Begins each frame, so that the next one can be found behind a broken one. */
const MARK = 0x5ec0_e5a1;
/** Mark, length and CRC-32 of the content, four bytes each, little-endian. */
const HEADER = 12;
/** Nothing that is longer was written by us. */
const MAX_LENGTH = 64 * 1024 * 1024;

const header = new DataView(new ArrayBuffer(HEADER));

/** A stretch of a file that is not made of whole frames. */
export interface Damage {
  readonly from: number;
  readonly to: number;
  /** Whether it reaches to the end of the file, as when a process ended while it wrote. */
  readonly isTail: boolean;
}

/** Writes one frame. */
export function writeFrame(content: Uint8Array, out: ByteWriter): void {
  header.setUint32(0, MARK, true);
  header.setUint32(4, content.length, true);
  header.setUint32(8, crc32(content), true);
  out.bytes(new Uint8Array(header.buffer));
  out.bytes(content);
}

/** Finds all frames that are whole, in their order, and what lies between them. */
export function readFrames(file: Uint8Array): { frames: Uint8Array[]; damage: Damage[] } {
  const frames: Uint8Array[] = [];
  const damage: Damage[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at < file.length) {
    const length = frameLength(view, file, at);
    if (length !== -1) {
      frames.push(file.subarray(at + HEADER, at + HEADER + length));
      at += HEADER + length;
      continue;
    }
    const from = at;
    do at = nextMark(file, at + 1); while (at < file.length && frameLength(view, file, at) === -1);
    damage.push({ from, to: at, isTail: at >= file.length });
  }
  return { frames, damage };
}

/** The length of the content of the frame that begins here, or -1 where none does. */
function frameLength(view: DataView, file: Uint8Array, at: number): number {
  if (at + HEADER > file.length || view.getUint32(at, true) !== MARK) return -1;
  const length = view.getUint32(at + 4, true);
  const end = at + HEADER + length;
  if (length > MAX_LENGTH || end > file.length) return -1;
  return crc32(file.subarray(at + HEADER, end)) === view.getUint32(at + 8, true) ? length : -1;
}

function nextMark(file: Uint8Array, from: number): number {
  for (
    let at = file.indexOf(MARK & 0xff, from);
    at !== -1;
    at = file.indexOf(MARK & 0xff, at + 1)
  ) {
    if (
      file[at + 1] === ((MARK >>> 8) & 0xff) && file[at + 2] === ((MARK >>> 16) & 0xff) &&
      file[at + 3] === MARK >>> 24
    ) return at;
  }
  return file.length;
}
