/**
 * The client's side of the echo service: what one call of `echoscope client` does.
 *
 * @module
 */
import { connectRpc } from "../rpc/client.ts";
import { foo } from "./service.ts";

/** A connection that makes one kind of call. */
export interface Caller {
  /** Calls once; resolves with the reply as text, rejects with `RpcError`. */
  call(timeoutMs: number): Promise<string>;
  close(): void;
}

/** Connects to `target` (`host:port`) and greets as `name`. */
export function echoCaller(target: string, name: string): Caller {
  const client = connectRpc(foo, { target });
  return {
    call: async (timeoutMs) => (await client.methods.echo({ name }, { timeoutMs })).message,
    close: () => client.close(),
  };
}
