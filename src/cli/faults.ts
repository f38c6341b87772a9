/**
 * Calls broken on purpose: as flags say, and where it is allowed as `/faults` is told.
 *
 * @module
 */
import type { Logger } from "../logging/logger.ts";
import { type Route, text } from "../ops/server.ts";
import { Faults } from "../rpc/interceptors/faults.ts";
import type { ServiceConfig } from "./service.ts";
import { duration, fraction, type Value } from "./value.ts";

type FaultConfig = Pick<ServiceConfig, "faultLatency" | "faultErrorRate" | "faultsEndpoint">;

/** The faults to inject; undefined where there are none and none can come. */
export function createFaults(config: FaultConfig, log: Logger): Faults | undefined {
  const faults = new Faults({ latencyMs: config.faultLatency, errorRate: config.faultErrorRate });
  if (isBroken(faults)) warn(faults, log);
  return isBroken(faults) || config.faultsEndpoint ? faults : undefined;
}

const latency: Value<number> = duration(0, 3_600_000);

/**
 * `/faults`: GET tells what is injected, POST changes what it names:
 * `curl -X POST 'http://127.0.0.1:9000/faults?latency=200ms&error-rate=0.05'`.
 * A page of another origin in somebody's browser gets 403.
 */
export function faultsRoute(faults: Faults, log: Logger): Route {
  return {
    path: "/faults",
    summary: "calls broken on purpose: POST ?latency=200ms&error-rate=0.05 changes it",
    methods: ["GET", "POST"],
    handle: (request) => {
      if (request.method !== "POST") return text(200, show(faults));
      const site = request.headers.get("sec-fetch-site") ?? "none";
      if (site !== "none" && site !== "same-origin") {
        return text(403, "A page of another origin cannot change this\n");
      }
      const problems = change(faults, new URL(request.url).searchParams);
      if (problems.length > 0) return text(400, problems.map((line) => `${line}\n`).join(""));
      if (isBroken(faults)) warn(faults, log);
      else log.info("calls are no longer broken on purpose");
      return text(200, show(faults));
    },
  };
}

/** Sets what `parameters` name, or nothing when any of them is wrong; gives what is wrong. */
function change(faults: Faults, parameters: URLSearchParams): string[] {
  const read = { latency, "error-rate": fraction };
  const problems: string[] = [];
  const values = new Map<string, number>();
  for (const [name, given] of parameters) {
    const value = Object.hasOwn(read, name) ? read[name as keyof typeof read] : undefined;
    const parsed = value?.parse(given);
    if (value === undefined) {
      problems.push(`Cannot change '${name}': there is ${Object.keys(read).join(" and ")}`);
    } else if (parsed === undefined) {
      problems.push(`Cannot change '${name}': must be ${value.allowed}, not '${given}'`);
    } else {
      values.set(name, parsed);
    }
  }
  if (problems.length === 0 && values.size === 0) {
    problems.push(`Nothing to change: give ${Object.keys(read).join(" or ")}`);
  }
  if (problems.length > 0) return problems;
  faults.latencyMs = values.get("latency") ?? faults.latencyMs;
  faults.errorRate = values.get("error-rate") ?? faults.errorRate;
  return [];
}

function show({ latencyMs, errorRate }: Faults): string {
  return `latency=${latency.show(latencyMs)} error-rate=${fraction.show(errorRate)}\n`;
}

function isBroken({ latencyMs, errorRate }: Faults): boolean {
  return latencyMs > 0 || errorRate > 0;
}

function warn({ latencyMs, errorRate }: Faults, log: Logger): void {
  log.warn("calls are broken on purpose", { latencyMs, errorRate });
}
