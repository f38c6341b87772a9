/**
 * How a call ends: the seventeen status codes of gRPC and the error that carries one.
 * Specification: grpc/doc/statuscodes.md.
 *
 * @module
 */
import type { ErrorDetail } from "./details/detail.ts";
import { detailsOf, withDetails } from "./details/trailers.ts";
import { Metadata } from "./metadata.ts";

/** Status codes by name, as they appear in `grpc-status` and in the label `grpc_code`. */
export const Status = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** The name of a status code. */
export type StatusName = keyof typeof Status;

const NAMES: readonly StatusName[] = Object.keys(Status) as StatusName[];

/** The name of a status that is not OK. */
export type ErrorStatusName = Exclude<StatusName, "OK">;

/** The name of `code`; a number that gRPC does not define is `UNKNOWN`. */
export function statusName(code: number): StatusName {
  return NAMES[code] ?? "UNKNOWN";
}

/** Options of {@linkcode RpcError}. */
export interface RpcErrorOptions extends ErrorOptions {
  /** Metadata to send with the status. */
  readonly trailers?: Metadata;
  /**
   * What programs can act on, such as `{ type: "RetryInfo", retryDelayMs: 1000 }`. They travel in
   * `grpc-status-details-bin`, together with message and trailers in at most 8 KiB: they are taken in
   * order, and one that does not fit any more is left out.
   */
  readonly details?: readonly ErrorDetail[];
}

/**
 * A call that did not end with OK. A handler throws it to choose the status its caller gets; a
 * client call rejects with it. The message travels to the peer: keep secrets out of it.
 */
export class RpcError extends Error {
  override name = "RpcError";
  /** The status, by name. */
  readonly code: ErrorStatusName;
  /** Sent with the status; what a client call got with it. */
  readonly trailers: Metadata;
  #details: readonly ErrorDetail[] | undefined;

  constructor(
    code: ErrorStatusName,
    message: string,
    { trailers = new Metadata(), details, ...options }: RpcErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.#details = details;
    this.trailers = details === undefined
      ? trailers
      : withDetails(trailers, { code: Status[code], message, details });
  }

  /** The details it was made with or that came in `trailers`; empty when there are none. */
  get details(): readonly ErrorDetail[] {
    return this.#details ??= detailsOf(this.trailers);
  }
}
