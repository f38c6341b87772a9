/**
 * What is attacked: the test service with metrics, as a program, `--transport=NAME`. Prints
 * "metrics on PORT" and "listening on PORT". Beside the metrics it answers what is still in use once
 * all garbage is collected, for which it needs `--v8-flags=--expose-gc`.
 *
 * @module
 */
import { createPrometheus } from "../../exporters/prometheus.ts";
import { createLogger } from "../../logging/logger.ts";
import { bucketsOf, CATALOGUE, describeAll } from "../../metrics/catalogue.ts";
import { setGlobalRecorder } from "../../metrics/mod.ts";
import { type Route, serveOps } from "../../ops/server.ts";
import { surviveTransportErrors } from "../grpc_js/survival.ts";
import { rpcMetrics } from "../interceptors/metrics.ts";
import { testServiceHandlers } from "../interop/handlers.ts";
import { testService } from "../interop/test_service.ts";
import { transportOf } from "../interop/transports.ts";
import { connectionFailures, implement, serveRpc } from "../server.ts";

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

const inUse: Route = {
  path: "/in-use",
  summary: "bytes in use, without garbage",
  async handle() {
    for (let round = 0; round < 3; round++) {
      (globalThis as { gc?: () => void }).gc?.();
      // What finalizers release is garbage of the next round.
      await new Promise((resolve) => setTimeout(resolve));
    }
    const { heapUsed, external } = Deno.memoryUsage();
    return new Response(`${heapUsed + external}`);
  },
};

if (import.meta.main) {
  const log = createLogger({ level: "warn", format: "human", write: print });
  const { recorder, route } = createPrometheus({ metricBuckets: bucketsOf(CATALOGUE) });
  setGlobalRecorder(recorder);
  describeAll();
  const escaped = connectionFailures(log);
  surviveTransportErrors({ onError: (error) => escaped("escaped", error) });
  const ops = serveOps({ hostname: "127.0.0.1", port: 0, routes: [route, inUse], log });
  const { address } = await serveRpc({
    services: [implement(testService, testServiceHandlers)],
    hostname: "127.0.0.1",
    port: 0,
    transport: transportOf(Deno.args),
    interceptors: [rpcMetrics(Object.values(testService.methods))],
    log,
  });
  print(`metrics on ${ops.address.port}`);
  print(`listening on ${address.port}`);
}
