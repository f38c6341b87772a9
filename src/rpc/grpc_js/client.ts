/**
 * The client of grpc-js as a transport: connects, reconnects, carries calls.
 *
 * @module
 */
import type { Credentials } from "../tls/reload.ts";
import { Status, type StatusName, statusName } from "../status.ts";
import type {
  ClientTransport,
  ClientWire,
  ClientWireListener,
  ClientWireOptions,
} from "../wire.ts";
import { channelCredentials } from "./channel_credentials.ts";
import { hearEarlyGoaway } from "./early_goaway.ts";
import { guardHttp2 } from "./http2_guard.ts";
import { surviveTransportErrors } from "./survival.ts";
import { keepRepliesOfEndedCalls } from "./late_disconnect.ts";
import { type ChannelOptions, type Client, grpc } from "./load.ts";
import { fromGrpc, toGrpc } from "./metadata.ts";

/** Options of {@linkcode connectGrpcJs}. */
export interface GrpcJsClientOptions {
  readonly target: string;
  /** TLS; without it the connection is not encrypted. */
  readonly tls?: Credentials | undefined;
  /** Options of the channel, by the names of gRPC core. */
  readonly channelOptions: ChannelOptions;
}

/** Makes a transport. It connects at the first call. */
export function connectGrpcJs(options: GrpcJsClientOptions): ClientTransport {
  guardHttp2();
  hearEarlyGoaway();
  keepRepliesOfEndedCalls();
  const { target, tls, channelOptions } = options;
  if (tls) surviveAlerts();
  const credentials = tls ? channelCredentials(tls) : grpc.credentials.createInsecure();
  const client = new grpc.Client(target, credentials, channelOptions);
  const channel = client.getChannel();
  return {
    call: (options, listener) => new GrpcJsClientWire(channel, options, listener),
    close: () => client.close(),
  };
}

let survivesAlerts = false;

/**
 * A server that refuses our certificate says so after the handshake; where node:tls of Deno has nobody
 * left to tell, the error would end the process. The call that was refused fails all the same.
 */
function surviveAlerts(): void {
  if (survivesAlerts) return;
  survivesAlerts = true;
  surviveTransportErrors({ onError: () => {} });
}

type GrpcCall = ReturnType<ReturnType<Client["getChannel"]>["createCall"]>;

class GrpcJsClientWire implements ClientWire {
  readonly #call: GrpcCall;

  constructor(
    channel: ReturnType<Client["getChannel"]>,
    { path, metadata, deadline = Infinity, waitForReady }: ClientWireOptions,
    listener: ClientWireListener,
  ) {
    this.#call = channel.createCall(path, deadline, null, null, null);
    const sent = toGrpc(metadata);
    if (waitForReady) sent.setOptions({ waitForReady });
    this.#call.start(sent, {
      onReceiveMetadata: (headers) => listener.headers(fromGrpc(headers)),
      onReceiveMessage: (bytes: Uint8Array | null) => {
        if (bytes !== null) listener.message(bytes);
      },
      onReceiveStatus: ({ code, details, metadata }) =>
        listener.over(statusName(code), details, fromGrpc(metadata)),
    });
  }

  get peer(): string {
    return this.#call.getPeer();
  }

  read(): void {
    this.#call.startRead();
  }

  sendMessage(bytes: Uint8Array, sent: () => void): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#call.sendMessageWithContext({ callback: sent }, buffer);
  }

  endMessages(): void {
    this.#call.halfClose();
  }

  cancel(code: Exclude<StatusName, "OK">, message: string): void {
    this.#call.cancelWithStatus(Status[code], message);
  }
}
