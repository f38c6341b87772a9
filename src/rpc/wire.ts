/**
 * What lies between this folder and a transport, grpc-js or another: one call on the wire.
 *
 * @module
 */
import type { Metadata } from "./metadata.ts";
import type { ErrorStatusName, StatusName } from "./status.ts";

/** A call as a server's transport has it. Messages are bytes without framing, decompressed. */
export interface ServerWire {
  readonly path: string;
  readonly metadata: Metadata;
  /** Whether the metadata have a `traceparent`. */
  readonly carriesTrace: boolean;
  readonly peer: string;
  /** Milliseconds since the epoch, or undefined. */
  readonly deadline: number | undefined;
  /** Whether the message that was told of last had been compressed. */
  readonly isRequestCompressed: boolean;
  /**
   * Whether messages are compressed from the next on. It has to be set, to either, before the headers
   * go out; it stays false where the caller or the transport does not have it.
   */
  compressReplies: boolean;
  /** Asks for one more message, or for the end of the messages. */
  read(): void;
  /** Sends the headers; before the first message or never. Throws Error when they cannot be sent. */
  sendHeaders(headers: Metadata): void;
  /** Sends a message; `sent` is called when the next one may follow, unless the call ends before. */
  sendMessage(bytes: Uint8Array, sent: () => void): void;
  /** Ends the call with a status. Throws Error, and has done nothing, when `trailers` cannot be sent. */
  end(code: StatusName, message: string, trailers: Metadata | undefined): void;
  /**
   * Takes back the bytes of a message that came and was read, or that was `sent`: nobody looks at them
   * any more. Where there is none, the transport may still do so.
   */
  release?(bytes: Uint8Array): void;
  /** Says that the handler has returned; told of every call whose listener `isRunning`. */
  settled?(): void;
}

/** What a transport tells of a call that it serves. */
export interface ServerWireListener {
  /** Whether a handler is at work, maybe in vain; it counts against limits until it returns. */
  readonly isRunning?: boolean;
  /** The caller's metadata has come; nothing was told before. */
  begin(): void;
  message(bytes: Uint8Array): void;
  /** The caller sends no more. */
  endOfMessages(): void;
  /** Nobody waits any more, or the transport itself answers: the handler's work is in vain. */
  abandoned(reason: "cancelled" | "deadline" | "transport"): void;
  /** The call is over, with what the caller saw. Comes exactly once, and last. */
  over(code: StatusName): void;
}

/** Accepts calls from a transport: called for each, returns who listens to it. */
export type AcceptCall = (wire: ServerWire) => ServerWireListener;

/** A call as a client's transport makes it. */
export interface ClientWire {
  readonly peer: string;
  /** Asks for one more message. */
  read(): void;
  /** Sends a message; `sent` is called when the next one may follow, unless the call ends before. */
  sendMessage(bytes: Uint8Array, sent: () => void): void;
  /** Says that no message follows. */
  endMessages(): void;
  /** Ends the call here and there. */
  cancel(code: ErrorStatusName, message: string): void;
}

/** What a transport tells of a call that it makes. */
export interface ClientWireListener {
  headers(headers: Metadata): void;
  message(bytes: Uint8Array): void;
  /** The call is over. Comes exactly once, and last. */
  over(code: StatusName, message: string, trailers: Metadata): void;
}

/** What a client's transport needs to make a call. */
export interface ClientWireOptions {
  readonly path: string;
  readonly metadata: Metadata;
  readonly deadline: number | undefined;
  /** Whether to wait for a connection instead of failing when there is none. */
  readonly waitForReady: boolean;
}

/** Makes calls over a connection. */
export interface ClientTransport {
  call(options: ClientWireOptions, listener: ClientWireListener): ClientWire;
  close(): void;
}
