/**
 * Workaround: keeps a client from calling for ever on a connection that the server has given up.
 *
 * **What goes wrong**: a server that drains may send GOAWAY right behind its SETTINGS. grpc-js 1.14.7
 * makes the transport when the SETTINGS are there and attaches the listener of its owner some microtasks
 * later; a GOAWAY in the same read comes in between and is told to nobody. The connection passes for
 * ready, every call on it fails at once as one that was never sent, is made again without a pause, and
 * the process does nothing else any more.
 *
 * **Proof**: `early_goaway_test.ts` runs a client against such a server.
 *
 * **Delete this file** when that test passes without it.
 *
 * @module
 */
import { grpcTransport } from "./load.ts";

/** What is used of grpc-js's transport of a client. */
interface Transport {
  /** Whether its listeners have been told that the connection has ended. */
  readonly disconnectHandled?: boolean;
}

let isMended = false;

/**
 * From now on a connection that has ended before anyone heard of it counts as one that failed: the next
 * is made after a pause. Calling it again does nothing.
 */
export function hearEarlyGoaway(): void {
  if (isMended) return;
  isMended = true;
  const { prototype } = grpcTransport.Http2SubchannelConnector;
  const { connect } = prototype;
  prototype.connect = async function (...args): ReturnType<typeof connect> {
    const transport = await connect.apply(this, args);
    const { disconnectHandled } = transport as unknown as Transport;
    if (disconnectHandled !== true) return transport;
    transport.shutdown();
    throw new Error("The server said GOAWAY as it greeted");
  };
}
