/**
 * How a client spreads calls over servers and repeats those that failed: gRPC's service config
 * (grpc/doc/service_config.md, gRFC A6), made from options.
 *
 * @module
 */
import type { ErrorStatusName } from "./status.ts";
import { integerWithin, numberWithin } from "./within.ts";

/** `pick_first` stays with the first address that answers, `round_robin` uses all in turn. */
export type LoadBalancing = "pick_first" | "round_robin";

/**
 * How often a call that failed is made again. What a server's handler may have done already is done
 * again: name only codes and methods for which that is right. A call is not repeated once a reply or
 * headers have come, and not after its deadline, which spans all attempts.
 *
 * A server that sends `grpc-retry-pushback-ms` decides itself when the next attempt comes, or that
 * none does.
 */
export interface RetryPolicy {
  /** Most attempts, the first included; 2 to 5, default 5. */
  readonly maxAttempts?: number;
  /** About how long to wait before the second attempt, ±20 %; 1 to 60,000 ms, default 100. */
  readonly initialBackoffMs?: number;
  /** The longest wait; from `initialBackoffMs` to 600,000 ms, default 1000. */
  readonly maxBackoffMs?: number;
  /** How much longer each wait is than the one before; 1 to 10, default 2. */
  readonly backoffMultiplier?: number;
  /** The codes after which to try again. Default UNAVAILABLE alone. */
  readonly retryableCodes?: readonly ErrorStatusName[];
  /** The methods it is for, as `package.Service/Method`, or `package.Service` for all of one. Default all. */
  readonly methods?: readonly string[];
}

/**
 * Stops retries while too many fail. Every failure takes one token out of a bucket, every success
 * puts `tokenRatio` in; there are no retries while the bucket is at most half full.
 */
export interface RetryThrottling {
  /** What the bucket holds; above 0 to 1000. */
  readonly maxTokens: number;
  /** Above 0 to 1000; with 0.1, ten successes make up for a failure. */
  readonly tokenRatio: number;
}

/** Options of {@linkcode serviceConfig}. */
export interface ServiceConfigOptions {
  /** Default `pick_first`. */
  readonly loadBalancing?: LoadBalancing;
  /** One policy, or several for different methods. Default none: a failed call has failed. */
  readonly retry?: RetryPolicy | readonly RetryPolicy[];
  /** Default none. */
  readonly retryThrottling?: RetryThrottling;
}

/** The service config as JSON. Throws RangeError when an option is out of range. */
export function serviceConfig(options: ServiceConfigOptions): string {
  const { loadBalancing = "pick_first", retry = [], retryThrottling } = options;
  const policies = "length" in retry ? retry : [retry];
  if (retryThrottling) {
    numberWithin("maxTokens", retryThrottling.maxTokens, 0.001, 1000);
    numberWithin("tokenRatio", retryThrottling.tokenRatio, 0.001, 1000);
  }
  return JSON.stringify({
    loadBalancingConfig: [{ [loadBalancing]: {} }],
    methodConfig: policies.map(methodConfig),
    retryThrottling,
  });
}

function methodConfig(policy: RetryPolicy) {
  const { maxAttempts = 5, initialBackoffMs = 100, backoffMultiplier = 2 } = policy;
  const { maxBackoffMs = Math.max(1000, initialBackoffMs), methods } = policy;
  const { retryableCodes = ["UNAVAILABLE"] } = policy;
  integerWithin("maxAttempts", maxAttempts, 2, 5);
  integerWithin("initialBackoffMs", initialBackoffMs, 1, 60_000);
  integerWithin("maxBackoffMs", maxBackoffMs, initialBackoffMs, 600_000);
  numberWithin("backoffMultiplier", backoffMultiplier, 1, 10);
  if (retryableCodes.length === 0) {
    throw new RangeError("Cannot use 'retryableCodes': it must name a code, current value is []");
  }
  return {
    name: methods?.map(methodName) ?? [{}],
    retryPolicy: {
      maxAttempts,
      initialBackoff: seconds(initialBackoffMs),
      maxBackoff: seconds(maxBackoffMs),
      backoffMultiplier,
      retryableStatusCodes: retryableCodes,
    },
  };
}

function methodName(path: string): { service: string; method?: string } {
  const [service = "", method, ...more] = path.replace(/^\//, "").split("/");
  if (service === "" || method === "" || more.length > 0) {
    throw new RangeError(
      `Cannot use 'methods': each must be package.Service or package.Service/Method, ` +
        `current value is '${path}'`,
    );
  }
  return method === undefined ? { service } : { service, method };
}

function seconds(ms: number): string {
  return `${ms / 1000}s`;
}
