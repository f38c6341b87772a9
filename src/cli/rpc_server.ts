/**
 * The gRPC side of a running service: what is served, what takes part in every call, on which ports.
 *
 * @module
 */
import { implementation } from "../echo/implementation.ts";
import type { Logger } from "../logging/logger.ts";
import type { ReadinessState } from "../ops/readiness.ts";
import { createHealth } from "../rpc/health/health.ts";
import { health as healthService } from "../rpc/health/service.ts";
import type { Interceptor } from "../rpc/interceptor.ts";
import { logCalls } from "../rpc/interceptors/access_log.ts";
import { type Faults, injectFaults } from "../rpc/interceptors/faults.ts";
import { limitConcurrency } from "../rpc/interceptors/limit_concurrency.ts";
import { limitDeadline } from "../rpc/interceptors/limit_deadline.ts";
import { rpcMetrics } from "../rpc/interceptors/metrics.ts";
import { traceCalls } from "../rpc/interceptors/tracing.ts";
import { createReflection } from "../rpc/reflection/reflection.ts";
import { type Implementation, type RpcServer, serveRpc } from "../rpc/server.ts";
import { withAdvice } from "./listening.ts";
import type { ServiceConfig } from "./service.ts";
import { serverTls } from "./tls.ts";

/** Starts to answer gRPC, on the health port too where there is one. */
export async function startRpc(
  config: ServiceConfig,
  readiness: ReadinessState,
  faults: Faults | undefined,
  log: Logger,
): Promise<RpcServer> {
  const stopReflection = new AbortController();
  const { implementation: health } = createHealth({
    services: [implementation.service.name],
    readiness,
  });
  const services = [
    implementation,
    health,
    ...config.reflection
      ? createReflection([implementation.service, healthService], { signal: stopReflection.signal })
      : [],
  ];
  await using started = new AsyncDisposableStack();
  const main = started.adopt(
    await withAdvice("--port or SERVER_PORT", () => serveMain(config, services, faults, log)),
    async (server) => void await server.close(0),
  );
  const probes = config.healthPort === undefined ? undefined : await withAdvice(
    "--health-port or HEALTH_PORT",
    () => serveHealth(config, health, log),
  );
  started.move();
  return {
    address: main.address,
    async close(timeoutMs) {
      stopReflection.abort();
      const end = await main.close(timeoutMs);
      // Probes are answered until the last call is.
      await probes?.close(0);
      return end;
    },
  };
}

function serveMain(
  config: ServiceConfig,
  services: readonly Implementation[],
  faults: Faults | undefined,
  log: Logger,
) {
  return serveRpc({
    services,
    hostname: config.host,
    port: config.port,
    interceptors: interceptors(config, services, faults, log),
    maxReceiveMessageBytes: config.maxReceiveMessageBytes,
    maxSendMessageBytes: config.maxSendMessageBytes ?? Infinity,
    connections: {
      maxAgeMs: config.maxConnectionAge ?? Infinity,
      maxAgeGraceMs: config.maxConnectionAgeGrace ?? Infinity,
      maxIdleMs: config.maxConnectionIdle ?? Infinity,
      keepaliveTimeMs: config.keepaliveTime,
      keepaliveTimeoutMs: config.keepaliveTimeout,
      maxConcurrentStreams: config.maxConcurrentStreams,
      minPingIntervalMs: config.minPingInterval,
    },
    transportLimits: {
      maxHeaderListBytes: config.maxHeaderListBytes,
      streamWindowBytes: config.streamWindowBytes,
      connectionWindowBytes: config.connectionWindowBytes,
      maxRequestMemoryBytes: config.maxRequestMemoryBytes,
      maxReplyMemoryBytes: config.maxReplyMemoryBytes,
      maxBurst: config.maxBurst,
      maxBurstPerSecond: config.maxBurstPerSecond,
      greetingTimeoutMs: config.greetingTimeout,
    },
    tls: serverTls(config),
    transport: config.transport,
    log,
  });
}

/** Kubernetes' probes know no TLS, and must not wait behind a limit. */
function serveHealth(config: ServiceConfig, health: Implementation, log: Logger) {
  const { host: hostname, healthPort: port = 0, transport } = config;
  return serveRpc({ services: [health], hostname, port, transport, log });
}

/** What takes part in every call, outermost first: who observes comes before who refuses. */
function interceptors(
  config: ServiceConfig,
  services: readonly Implementation[],
  faults: Faults | undefined,
  log: Logger,
): Interceptor[] {
  const { maxConcurrentCalls, maxDeadline: maxMs, logCallsSlow } = config;
  const methods = services.flatMap(({ service }) => Object.values(service.methods));
  return [
    traceCalls(),
    rpcMetrics(methods),
    logCalls(log, {
      oneIn: config.logCallsOneIn,
      ...logCallsSlow !== undefined && { slowSeconds: logCallsSlow / 1000 },
    }),
    ...maxConcurrentCalls === undefined ? [] : [limitConcurrency({ maxConcurrentCalls })],
    ...maxMs === undefined ? [] : [limitDeadline({ maxMs })],
    ...faults ? [injectFaults(faults)] : [],
  ];
}
