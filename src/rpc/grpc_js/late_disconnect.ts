/**
 * Workaround: keeps a client from losing replies that have come before the connection ended.
 *
 * **What goes wrong**: a server that drains may say GOAWAY and close right behind its last reply. grpc-js
 * 1.14.7 gives a call whose trailers have come one round of the event loop to hand on its messages; those
 * that the caller has not asked for by then are dropped, and "UNAVAILABLE: Connection dropped" takes the
 * place of the OK that the server has sent.
 *
 * **Proof**: `late_disconnect_test.ts` calls such a server.
 *
 * **Delete this file** when that test passes without it.
 *
 * @module
 */
import type { Readable } from "node:stream";
import { grpc, grpcSubchannelCall } from "./load.ts";

/** What is used of the inside of grpc-js's call. */
interface SubchannelCall {
  readonly http2Stream: Readable;
  /** What the trailers say, or null as long as they have not come. */
  readonly finalStatus: { readonly code: number } | null;
  /** Whether all messages have been taken from the stream. */
  readsClosed: boolean;
  /** Ends the call once the caller has all messages. */
  maybeOutputStatus(): void;
}

let isMended = false;

/**
 * From now on a call that the server has ended with OK keeps its messages and its status, whatever
 * becomes of the connection. Calling it again does nothing.
 */
export function keepRepliesOfEndedCalls(): void {
  if (isMended) return;
  isMended = true;
  const { prototype } = grpcSubchannelCall.Http2SubchannelCall;
  const { onDisconnect } = prototype;
  prototype.onDisconnect = function (): void {
    const call = this as unknown as SubchannelCall;
    if (call.finalStatus?.code !== grpc.status.OK) return onDisconnect.call(this);
    handOverAll(call.http2Stream);
    call.readsClosed = true;
    call.maybeOutputStatus();
  };
}

/**
 * Gives the listeners of a stream what it still holds: all of it, since the trailers have come, and at
 * most a window. A stream that has been destroyed says nothing itself.
 */
function handOverAll(stream: Readable): void {
  let isHeard = false;
  const hear = () => void (isHeard = true);
  stream.on("data", hear);
  for (let bytes = stream.read(); bytes !== null; bytes = stream.read()) {
    if (!isHeard) stream.emit("data", bytes);
    isHeard = false;
  }
  stream.off("data", hear);
}
