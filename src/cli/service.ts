/**
 * The running service, put together from its parts: gRPC server, metrics, HTTP server, shutdown.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { dashboardRoutes } from "../dashboards/routes.ts";
import type { Logger } from "../logging/logger.ts";
import { formatAddress } from "../net/address.ts";
import { healthz, readyz } from "../ops/probes.ts";
import { ReadinessState } from "../ops/readiness.ts";
import { type OpsServer, type Route, serveOps } from "../ops/server.ts";
import { surviveTransportErrors } from "../rpc/grpc_js/survival.ts";
import { connectionFailures, type RpcServer } from "../rpc/server.ts";
import type { ConfigOf } from "./config.ts";
import { type Exporters, startExporters } from "./exporters.ts";
import { createFaults, faultsRoute } from "./faults.ts";
import { withAdvice } from "./listening.ts";
import { type Monitor, openMonitor } from "./monitor.ts";
import type { serviceOptions } from "./options.ts";
import { startRpc } from "./rpc_server.ts";
import type { StopSignals } from "./signals.ts";
import { PINNED_DENO } from "./version.ts";

/** The config of a service. */
export type ServiceConfig = ConfigOf<typeof serviceOptions>;

/** A service that runs. */
export interface Service {
  /** Where gRPC is answered: `host:port`. */
  readonly rpcAddress: string;
  /** Where HTTP is answered: `host:port`. */
  readonly httpAddress: string;
  /** Where metric events are streamed, if anywhere: `host:port`. */
  readonly tcpAddress: string | undefined;
  /** Drains and stops; see {@linkcode drain}. */
  stop(signals: Pick<StopSignals, "force">): Promise<void>;
}

/** Starts a service. Rejects with `Failure` when a port cannot be had; nothing is left running then. */
export async function startService(config: ServiceConfig, log: Logger): Promise<Service> {
  if (Deno.version.deno !== PINNED_DENO) {
    log.warn("this Deno is not the one that is tested", {
      found: Deno.version.deno,
      expected: PINNED_DENO,
    });
  }
  await using started = new AsyncDisposableStack();
  const exporters = started.adopt(await startExporters(config, log), (one) => one.close());
  const escaped = connectionFailures(log);
  const survival = started.use(surviveTransportErrors({
    onError: (error) => escaped("escaped", error),
  }));
  const readiness = new ReadinessState();
  const monitor = started.adopt(await openMonitor(config, log), (one) => one.close());
  const faults = createFaults(config, log);
  const routes = [
    exporters.route,
    healthz,
    readyz(readiness),
    ...dashboardRoutes(),
    ...monitor.routes,
    ...faults && config.faultsEndpoint ? [faultsRoute(faults, log)] : [],
  ];
  const http = started.adopt(
    await withAdvice("--metrics-port or METRICS_PORT", () => startHttp(config, routes, log)),
    (one) => one.close(),
  );
  const rpc = await startRpc(config, readiness, faults, log);
  monitor.start(exporters.route, http.address);
  started.move();
  readiness.set("ready");
  const rpcAddress = formatAddress(rpc.address);
  const httpAddress = formatAddress(http.address);
  return {
    rpcAddress,
    httpAddress,
    tcpAddress: exporters.tcpAddress,
    stop: (signals) =>
      drain({ config, readiness, rpc, http, exporters, monitor, survival, log }, signals),
  };
}

function startHttp(config: ServiceConfig, routes: readonly Route[], log: Logger): OpsServer {
  const { metricsHost: hostname, metricsPort: port } = config;
  return serveOps({ hostname, port, routes, log });
}

interface Running {
  readonly config: ServiceConfig;
  readonly readiness: ReadinessState;
  readonly rpc: RpcServer;
  readonly http: OpsServer;
  readonly exporters: Exporters;
  readonly monitor: Monitor;
  readonly survival: Disposable;
  readonly log: Logger;
}

/**
 * Stops in the order that loses no call: not ready, a wait for those who send calls to notice, then
 * no new calls, then the end of running calls, but at most `drainTimeout`. `/metrics` and the probes
 * answer until all is over. A forced stop cuts whatever it finds.
 */
async function drain(running: Running, { force }: Pick<StopSignals, "force">): Promise<void> {
  const { config, readiness, rpc, http, exporters, monitor, survival, log } = running;
  readiness.set("draining");
  log.info("draining", { delayMs: config.drainDelay, timeoutMs: config.drainTimeout });
  await sleep(config.drainDelay, undefined, { signal: force }).catch(() => {});
  const cutNow = () => void rpc.close(0);
  force.addEventListener("abort", cutNow);
  const { cut } = await rpc.close(force.aborted ? 0 : config.drainTimeout);
  force.removeEventListener("abort", cutNow);
  if (cut) log.warn("cut the calls that were still running");
  await Promise.all([http.close(), exporters.close(), monitor.close()]);
  survival[Symbol.dispose]();
  log.info("stopped");
}
