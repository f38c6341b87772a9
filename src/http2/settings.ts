/**
 * SETTINGS (RFC 9113, section 6.5).
 *
 * @module
 */
import { ConnectionError } from "./error.ts";
import { type Frame, readUint32 } from "./frame.ts";

/** Settings by number. */
export const Setting = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
} as const;

/** The largest flow-control window (section 6.9.1). */
export const MAX_WINDOW = 2 ** 31 - 1;

/** Windows before SETTINGS and WINDOW_UPDATE change them. */
export const DEFAULT_WINDOW = 65_535;

/** The dynamic table of HPACK before SETTINGS change it. */
export const DEFAULT_TABLE_SIZE = 4096;

const LARGEST_FRAME_SIZE = 2 ** 24 - 1;
const SMALLEST_FRAME_SIZE = 2 ** 14;

/** Calls `apply` with each setting of a frame, in order. Throws {@linkcode ConnectionError}. */
export function readSettings(frame: Frame, apply: (id: number, value: number) => void): void {
  const { bytes, start, end } = frame;
  for (let at = start; at < end; at += 6) {
    const id = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const value = readUint32(bytes, at + 2);
    check(id, value);
    apply(id, value);
  }
}

/** Values that section 6.5.2 does not allow. */
function check(id: number, value: number): void {
  if (id === Setting.ENABLE_PUSH && value > 1) {
    throw new ConnectionError("PROTOCOL_ERROR", `ENABLE_PUSH must be 0 or 1, it is ${value}`);
  }
  if (id === Setting.INITIAL_WINDOW_SIZE && value > MAX_WINDOW) {
    const message = `INITIAL_WINDOW_SIZE must be at most ${MAX_WINDOW}, it is ${value}`;
    throw new ConnectionError("FLOW_CONTROL_ERROR", message);
  }
  if (
    id === Setting.MAX_FRAME_SIZE && (value < SMALLEST_FRAME_SIZE || value > LARGEST_FRAME_SIZE)
  ) {
    const range = `from ${SMALLEST_FRAME_SIZE} to ${LARGEST_FRAME_SIZE}`;
    throw new ConnectionError("PROTOCOL_ERROR", `MAX_FRAME_SIZE must be ${range}, it is ${value}`);
  }
}
