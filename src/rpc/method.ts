/**
 * A method as its .proto describes it.
 *
 * @module
 */

/** The four kinds of call, by which sides send a stream. */
export type MethodKind = "unary" | "client_stream" | "server_stream" | "bidi_stream";

/** What identifies a method, in logs, metrics and traces. */
export interface MethodInfo {
  /** `/package.Service/Method`, as on the wire. */
  readonly path: string;
  /** `package.Service` */
  readonly service: string;
  readonly name: string;
  readonly kind: MethodKind;
}

/** The way between a message and its bytes. */
export interface Codec {
  readonly encode: (message: object) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => object;
  /** Whether what `decode` returns may refer to the bytes that it was given. */
  readonly keepsBytes: boolean;
}

/** A method that can be called and served. */
export interface Method extends MethodInfo {
  readonly request: Codec;
  readonly reply: Codec;
}

/** Whether the caller sends any number of messages. */
export function streamsRequests(kind: MethodKind): boolean {
  return kind === "client_stream" || kind === "bidi_stream";
}

/** Whether the server sends any number of messages. */
export function streamsReplies(kind: MethodKind): boolean {
  return kind === "server_stream" || kind === "bidi_stream";
}
