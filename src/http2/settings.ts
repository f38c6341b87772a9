/**
 * SETTINGS (RFC 9113, section 6.5).
 *
 * @module
 */
import { ConnectionError, type ErrorName } from "./error.ts";
import { Flag, type Frame, readUint32 } from "./frame.ts";

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

/** Values that section 6.5.2 allows, and the error that others are. */
const RANGES: Readonly<Record<number, readonly [string, from: number, to: number, ErrorName]>> = {
  [Setting.ENABLE_PUSH]: ["ENABLE_PUSH", 0, 1, "PROTOCOL_ERROR"],
  [Setting.INITIAL_WINDOW_SIZE]: ["INITIAL_WINDOW_SIZE", 0, MAX_WINDOW, "FLOW_CONTROL_ERROR"],
  [Setting.MAX_FRAME_SIZE]: ["MAX_FRAME_SIZE", 2 ** 14, 2 ** 24 - 1, "PROTOCOL_ERROR"],
};

/** Calls `apply` with each setting of a frame, in order. Throws {@linkcode ConnectionError}. */
export function readSettings(frame: Frame, apply: (id: number, value: number) => void): void {
  const { flags, bytes, start, end } = frame;
  const length = end - start;
  if (length % 6 > 0 || ((flags & Flag.ACK) !== 0 && length > 0)) {
    throw new ConnectionError("FRAME_SIZE_ERROR", `SETTINGS of ${length} bytes`);
  }
  for (let at = start; at < end; at += 6) {
    const id = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    const value = readUint32(bytes, at + 2);
    check(id, value);
    apply(id, value);
  }
}

function check(id: number, value: number): void {
  const range = RANGES[id];
  if (range === undefined) return;
  const [name, from, to, code] = range;
  if (value >= from && value <= to) return;
  throw new ConnectionError(code, `${name} must be from ${from} to ${to}, it is ${value}`);
}
