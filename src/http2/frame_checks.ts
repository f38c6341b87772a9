/**
 * What every frame of a type must have (RFC 9113, section 6).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { Flag, type Frame } from "./frame.ts";

/** Throws {@linkcode ConnectionError} unless a frame is of a stream. */
export function requireStream({ stream, type }: Frame): void {
  if (stream === 0) throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} needs a stream`);
}

/** Throws {@linkcode ConnectionError} unless a frame is of the connection. */
export function requireConnection({ stream, type }: Frame): void {
  if (stream !== 0) throw new ConnectionError("PROTOCOL_ERROR", `Type ${type} takes no stream`);
}

/** Throws {@linkcode ConnectionError} unless a frame has this length. */
export function requireLength({ start, end, type }: Frame, length: number): void {
  if (end - start === length) return;
  throw new ConnectionError("FRAME_SIZE_ERROR", `Type ${type} has ${end - start} bytes`);
}

/** Takes padding off: moves `start` behind its length, and returns where it begins (6.1). */
export function unpadded(frame: Frame): number {
  if ((frame.flags & Flag.PADDED) === 0) return frame.end;
  const end = frame.end - (frame.bytes[frame.start] as number);
  if (frame.end > frame.start && end > frame.start) {
    frame.start++;
    return end;
  }
  throw new ConnectionError("PROTOCOL_ERROR", "More padding than the frame has room for");
}
