/**
 * What is done to a request's headers before grpc-js sees them.
 *
 * @module
 */

/** The longest time that grpc-js can wait for: 32 bits of milliseconds, about 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/**
 * Takes a `grpc-timeout` away that grpc-js cannot count: it keeps 32 bits of milliseconds, so that
 * one of more than 24 days comes out as any other, or as none at all. To wait so long is to wait for
 * ever. What is no timeout is left to grpc-js to refuse.
 */
export function limitTimeout(headers: Record<string, unknown>): void {
  const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(String(headers["grpc-timeout"])) ?? [];
  if (Number(digits) * (UNIT_MS[unit] ?? NaN) > MAX_TIMEOUT_MS) delete headers["grpc-timeout"];
}

/** Whether a content-type is one of gRPC's. */
export function isGrpc(contentType: unknown): boolean {
  return typeof contentType === "string" && /^application\/grpc(?:$|[+;])/.test(contentType);
}
