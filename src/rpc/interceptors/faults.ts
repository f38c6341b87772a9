/**
 * Breaks calls on purpose, so that dashboards, alerts and retries can be seen at work. Off until a
 * value is set, and it can be set while the server runs:
 *
 * ```ts
 * const faults = new Faults();
 * const server = await serveRpc({ ...options, interceptors: [injectFaults(faults)] });
 * faults.errorRate = 0.1; // from now on one call in ten fails
 * ```
 *
 * @module
 */
import { catalogued } from "../../metrics/mod.ts";
import type { Interceptor } from "../interceptor.ts";
import type { MethodInfo } from "../method.ts";
import { RpcError } from "../status.ts";
import { numberWithin } from "../within.ts";
import { isHealth, isReflection } from "./infrastructure.ts";

/** How calls are broken. Setting a value that is out of range throws RangeError and changes nothing. */
export class Faults {
  #latencyMs = 0;
  #errorRate = 0;

  constructor(
    { latencyMs = 0, errorRate = 0 }: Partial<Pick<Faults, "latencyMs" | "errorRate">> = {},
  ) {
    this.latencyMs = latencyMs;
    this.errorRate = errorRate;
  }

  /** Milliseconds that every call waits before its handler runs; 0 to 3,600,000, default 0. */
  get latencyMs(): number {
    return this.#latencyMs;
  }

  set latencyMs(value: number) {
    numberWithin("latencyMs", value, 0, 3_600_000);
    this.#latencyMs = value;
  }

  /** The share of calls that fail with UNAVAILABLE in place of being handled; 0 to 1, default 0. */
  get errorRate(): number {
    return this.#errorRate;
  }

  set errorRate(value: number) {
    numberWithin("errorRate", value, 0, 1);
    this.#errorRate = value;
  }
}

/** Options of {@linkcode injectFaults}. */
export interface InjectFaultsOptions {
  /** Random numbers from 0 up to 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Methods that are left alone beside those of health and reflection, which always are. */
  readonly exempt?: (method: MethodInfo) => boolean;
}

/**
 * Breaks calls as `faults` says at the moment they begin: first the wait, then the error. The wait
 * ends with the call. Faults are counted in `grpc_server_faults_injected_total`.
 */
export function injectFaults(faults: Faults, options: InjectFaultsOptions = {}): Interceptor {
  const { random = Math.random, exempt = () => false } = options;
  const delayed = catalogued.counter("grpc_server_faults_injected_total", { kind: "latency" });
  const failed = catalogued.counter("grpc_server_faults_injected_total", { kind: "error" });

  function fail(): never {
    failed.increment();
    throw new RpcError(
      "UNAVAILABLE",
      "Injected fault: the server was told to fail some of its calls, and this is one of them",
    );
  }

  async function delay(signal: AbortSignal, ms: number, fails: boolean): Promise<void> {
    delayed.increment();
    await wait(signal, ms);
    if (fails && !signal.aborted) fail();
  }

  return {
    admit(call): void | Promise<void> {
      const { latencyMs, errorRate } = faults;
      if (latencyMs === 0 && errorRate === 0) return;
      const { method } = call;
      if (isHealth(method) || isReflection(method) || exempt(method)) return;
      const fails = random() < errorRate;
      if (latencyMs > 0) return delay(call.signal, latencyMs, fails);
      if (fails) fail();
    },
  };
}

/** Resolves after `ms`, or as soon as the call is over. */
function wait(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done);
  });
}
