/**
 * What goes wrong with a connection or a stream (RFC 9113, sections 5.4 and 7).
 *
 * @module
 */

/** Error codes, as they appear in RST_STREAM and GOAWAY. */
export const ErrorCode = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  SETTINGS_TIMEOUT: 4,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  CONNECT_ERROR: 10,
  ENHANCE_YOUR_CALM: 11,
  INADEQUATE_SECURITY: 12,
  HTTP_1_1_REQUIRED: 13,
} as const;

/** The name of an error code. */
export type ErrorName = keyof typeof ErrorCode;

/**
 * An error after which the connection cannot go on (section 5.4.1). One that ends a stream (5.4.2) is
 * not thrown: `Streams.refuse()` resets it.
 */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ErrorName;
  /** The limit that was exceeded, where it was one. */
  readonly limit: Limit | undefined;

  constructor(code: ErrorName, message: string, limit?: Limit, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.limit = limit;
  }
}

/**
 * What a peer can have too much of: streams at the same time, bytes of headers, frames that carry
 * nothing, streams that it breaks off, pings, replies that it does not take, requests in memory.
 */
export type Limit = "streams" | "headers" | "frames" | "resets" | "pings" | "replies" | "requests";
