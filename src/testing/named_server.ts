/**
 * Servers that can be told apart, for tests of clients that have several.
 *
 * @module
 */
import { implement, type RpcServer, serveRpc } from "../rpc/server.ts";
import { greeter, memoryLogger } from "./greeter.ts";

/** Starts a server of `test.Greeter` that answers with `name`; with port 0 on a free one. */
export function serveName(name: string, port: number, hostname = "127.0.0.1"): Promise<RpcServer> {
  return serveRpc({
    services: [implement(greeter, { greet: () => ({ text: name }) })],
    hostname,
    port,
    log: memoryLogger([]),
  });
}
