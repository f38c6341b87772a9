/**
 * The one place that loads grpc-js, and knows how it behaves when it is loaded: it reads
 * environment variables at once. Where that would ask a person, or fail, `grpc` is a stand-in that
 * throws on use, so that a module that imports this one can still be loaded (by a plain
 * `deno test`, say, that then ignores the tests which need permissions).
 *
 * @module
 */
import type * as GrpcJs from "@grpc/grpc-js";
import type * as GrpcSubchannelCall from "@grpc/grpc-js/build/src/subchannel-call.js";
import type * as GrpcTransport from "@grpc/grpc-js/build/src/transport.js";

export type {
  CallOptions,
  ChannelCredentials,
  ChannelOptions,
  Client,
  ClientOptions,
  ConnectionInjector,
  Deadline,
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Interceptor,
  Metadata,
  MethodDefinition,
  sendUnaryData,
  Server,
  ServerCredentials,
  ServerDuplexStream,
  ServerInterceptor,
  ServerOptions,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  ServiceError,
  status,
  StatusObject,
  UntypedHandleCall,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";

/** grpc-js, or a stand-in that throws on use where its environment variables may not be read. */
export const grpc: typeof GrpcJs = mayReadEnvironment()
  ? await import("@grpc/grpc-js")
  : standIn<typeof GrpcJs>();

/** The inside of its client, for what must be mended there. */
export const grpcTransport: typeof GrpcTransport = mayReadEnvironment()
  ? await import("@grpc/grpc-js/build/src/transport.js")
  : standIn<typeof GrpcTransport>();

export const grpcSubchannelCall: typeof GrpcSubchannelCall = mayReadEnvironment()
  ? await import("@grpc/grpc-js/build/src/subchannel-call.js")
  : standIn<typeof GrpcSubchannelCall>();

function mayReadEnvironment(): boolean {
  const variable = "GRPC_VERBOSITY";
  if (Deno.permissions.querySync({ name: "env", variable }).state === "prompt") return false;
  try {
    // "denied" does not tell: under `"env": { "ignore": true }` what is denied reads as not set.
    Deno.env.get(variable);
    return true;
  } catch {
    return false;
  }
}

function standIn<Module extends object>(): Module {
  return new Proxy({} as Module, {
    get(_target, name) {
      throw new Deno.errors.NotCapable(
        `Cannot use grpc.${String(name)}: grpc-js was not loaded, for it reads environment ` +
          `variables such as GRPC_VERBOSITY and this process may not. Run with a permission set ` +
          `that has "env": { "ignore": true }, such as -P=serve, or with --allow-env`,
      );
    },
  });
}
