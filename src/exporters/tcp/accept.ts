/**
 * Accepting connections for as long as a listener is open.
 *
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";

/** How long to wait, in milliseconds, when connections cannot be accepted at all. */
const PAUSE = 100;

/** The peer was gone before its connection was accepted; the next connection is another matter. */
const PEER_GONE = new Set(["ENOTCONN", "ECONNABORTED", "ECONNRESET"]);

/**
 * Gives every connection to `onConnection` until `signal` is aborted (close the listener as well).
 *
 * `for await (const conn of listener)` would end at the first peer that resets its connection
 * before it is accepted, because accept() throws for it. Other errors, such as too many open
 * files, are waited out.
 */
export async function acceptConnections<Conn>(
  listener: { accept(): Promise<Conn> },
  onConnection: (conn: Conn) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let conn;
    try {
      conn = await listener.accept();
    } catch (error) {
      if (!isPeerGone(error)) await delay(PAUSE, undefined, { signal }).catch(() => {});
      continue;
    }
    onConnection(conn);
  }
}

function isPeerGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && PEER_GONE.has(String(error.code));
}
