/**
 * Where the metrics of a running service go: to whoever scrapes, and as events to TCP clients.
 *
 * @module
 */
import { createPrometheus } from "../exporters/prometheus.ts";
import { type DropReason, TcpExporter } from "../exporters/tcp.ts";
import type { Logger } from "../logging/logger.ts";
import { bucketsOf, CATALOGUE, describeAll } from "../metrics/catalogue.ts";
import { fanout } from "../metrics/layers/mod.ts";
import { catalogued, setGlobalRecorder } from "../metrics/mod.ts";
import { formatAddress } from "../net/address.ts";
import { watchCollections } from "../ops/collections.ts";
import type { Route } from "../ops/server.ts";
import type { ConfigOf } from "./config.ts";
import { withAdvice } from "./listening.ts";
import type { serviceOptions } from "./options.ts";
import { connectTracing } from "./tracing.ts";
import { VERSION } from "./version.ts";

/** The exporters of a service. */
export interface Exporters {
  /** `/metrics`. */
  readonly route: Route;
  /** Where metric events are streamed, if anywhere: `host:port`. */
  readonly tcpAddress: string | undefined;
  close(): Promise<void>;
}

/** Starts the exporters and makes them the recorder of this process, for good. */
export async function startExporters(
  { tcpExporter }: Partial<Pick<ConfigOf<typeof serviceOptions>, "tcpExporter">>,
  log: Logger,
): Promise<Exporters> {
  const exemplar = await connectTracing(log);
  const prometheus = createPrometheus({
    metricBuckets: bucketsOf(CATALOGUE),
    ...exemplar && { exemplar },
  });
  const { recorder } = prometheus;
  const onDrop = (reason: DropReason, count: number) =>
    recorder.registerCounter("metrics_tcp_dropped_total", { reason }).increment(count);
  const tcp = tcpExporter && await withAdvice(
    "--tcp-exporter or TCP_EXPORTER",
    () => TcpExporter.listen({ ...tcpExporter, onDrop }),
  );
  setGlobalRecorder(tcp ? fanout(recorder, tcp.recorder) : recorder);
  describeAll();
  catalogued.gauge("echoscope_build_info", { version: VERSION, deno: Deno.version.deno }).set(1);
  const collections = catalogued.counter("nodejs_gc_observed_total");
  const watch = watchCollections(() => collections.increment());
  return {
    route: prometheus.route,
    tcpAddress: tcp && formatAddress(tcp.address),
    close: async () => {
      watch[Symbol.dispose]();
      await Promise.all([prometheus.close(), tcp?.close()]);
    },
  };
}
