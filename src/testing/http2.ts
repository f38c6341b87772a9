/**
 * HTTP/2 frames by hand, to send a server what no client library would.
 *
 * @module
 */

/** Sends `bytes` after the preface of HTTP/2 and resolves when the server has closed. */
export async function attack(port: number, bytes: readonly number[]): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const preface = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  const all = Uint8Array.of(...preface, ...frame(SETTINGS, 0, 0, []), ...bytes);
  const buffer = new Uint8Array(4096);
  try {
    await connection.write(all);
    while (await connection.read(buffer) !== null);
  } catch {
    // A server that dies, or that has had enough, resets the connection.
  }
}

export const HEADERS = 1;
export const SETTINGS = 4;
export const GOAWAY = 7;
export const END_HEADERS = 4;

/** One HTTP/2 frame (RFC 9113, section 4.1). */
export function frame(type: number, flags: number, stream: number, payload: number[]): number[] {
  return [...uint32(payload.length).slice(1), type, flags, ...uint32(stream), ...payload];
}

/** A GOAWAY frame: the error code, and the last stream that was taken. */
export function goaway(code: number, lastStream = 0): number[] {
  return frame(GOAWAY, 0, 0, [...uint32(lastStream), ...uint32(code)]);
}

function uint32(value: number): number[] {
  return [value >>> 24 & 255, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

/** `POST http://x/` without a content-type (static table of RFC 7541), and a GOAWAY with PROTOCOL_ERROR. */
export const OPEN_AND_BREAK: readonly number[] = [
  ...frame(HEADERS, END_HEADERS, 1, [0x83, 0x86, 0x84, 0x01, 1, 0x78]),
  ...goaway(1),
];
