/**
 * How a call ends: the seventeen status codes of gRPC and the error that carries one.
 * Specification: grpc/doc/statuscodes.md.
 *
 * @module
 */

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

/** The name of `code`; a number that gRPC does not define is `UNKNOWN`. */
export function statusName(code: number): StatusName {
  return NAMES[code] ?? "UNKNOWN";
}

/**
 * A call that did not end with OK. A handler throws it to choose the status its caller gets; a
 * client call rejects with it. The message travels to the peer: keep secrets out of it.
 */
export class RpcError extends Error {
  override name = "RpcError";
  /** The status, by name. */
  readonly code: Exclude<StatusName, "OK">;

  constructor(code: Exclude<StatusName, "OK">, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
