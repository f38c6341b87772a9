/**
 * Frames, and what every frame of a type must have (RFC 9113, sections 4.1 and 6).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";

/** Bytes of the header of every frame. */
export const FRAME_HEADER = 9;

/** The largest payload that every peer must take, and that we take: SETTINGS_MAX_FRAME_SIZE. */
export const MAX_FRAME_SIZE = 16_384;

/** Frame types. */
export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

/** Flags of frames; ACK and END_STREAM are the same bit of different frames. */
export const Flag = {
  ACK: 0x1,
  END_STREAM: 0x1,
  END_HEADERS: 0x4,
  PADDED: 0x8,
  PRIORITY: 0x20,
} as const;

/** A frame whose payload lies in `bytes` from `start` to `end`. One object serves all of a connection. */
export interface Frame {
  type: number;
  flags: number;
  stream: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

const { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE } = FrameType;
const OF_A_STREAM: readonly number[] = [DATA, HEADERS, PRIORITY, RST_STREAM];
const OF_THE_CONNECTION: readonly number[] = [SETTINGS, PING, GOAWAY];
/** PRIORITY is missing: of another length it ends its stream alone (6.3). */
const LENGTHS: Readonly<Record<number, number>> = {
  [RST_STREAM]: 4,
  [PING]: 8,
  [WINDOW_UPDATE]: 4,
};

/** Throws {@linkcode ConnectionError} unless a frame is as its type wants it. */
export function checkFrame({ type, stream, start, end }: Frame): void {
  if (stream === 0 && OF_A_STREAM.includes(type)) {
    throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} needs a stream`);
  }
  if (stream !== 0 && OF_THE_CONNECTION.includes(type)) {
    throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} takes no stream`);
  }
  const length = end - start;
  if (length !== (LENGTHS[type] ?? length)) {
    throw new ConnectionError("FRAME_SIZE_ERROR", `Type ${type} has ${length} bytes`);
  }
}

/** Takes padding and its length off (6.1). Throws {@linkcode ConnectionError}. */
export function unpad(frame: Frame): void {
  if ((frame.flags & Flag.PADDED) === 0) return;
  const end = frame.end - (frame.bytes[frame.start] as number);
  if (frame.start >= frame.end || end <= frame.start) {
    throw new ConnectionError("PROTOCOL_ERROR", "More padding than the frame has room for");
  }
  frame.start++;
  frame.end = end;
}

/** 31 bits at `at`; the first bit is reserved. */
export function readUint31(bytes: Uint8Array, at: number): number {
  return readUint32(bytes, at) & 0x7fffffff;
}

/** 32 bits at `at`. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) >>> 0;
}

/** Writes 32 bits at `at`. */
export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
