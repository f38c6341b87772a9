/**
 * The client's side of the echo service: what one call of `echoscope client` does.
 *
 * @module
 */
import { connectRpc, type RpcClientOptions } from "../rpc/client.ts";
import { rpcMetrics } from "../rpc/interceptors/metrics.ts";
import { traceCalls } from "../rpc/interceptors/tracing.ts";
import { foo } from "./service.ts";

/** A connection that makes one kind of call. */
export interface Caller {
  /** Calls once; resolves with the reply as text, rejects with `RpcError`. */
  call(timeoutMs: number): Promise<string>;
  close(): void;
}

/** Connects and greets as `name`. */
export function echoCaller(connection: RpcClientOptions, name: string): Caller {
  const { target, interceptors = [] } = connection;
  const client = connectRpc(foo, {
    ...connection,
    interceptors: [
      traceCalls({ target }),
      rpcMetrics(Object.values(foo.methods), { side: "client" }),
      ...interceptors,
    ],
  });
  return {
    call: async (timeoutMs) => (await client.methods.echo({ name }, { timeoutMs })).message,
    close: () => client.close(),
  };
}
