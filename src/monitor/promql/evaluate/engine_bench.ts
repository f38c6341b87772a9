import { Labels } from "../../labels.ts";
import type { Series } from "../../samples.ts";
import { Engine } from "../engine.ts";
import { storageOf } from "./storage_fixture.ts";

const SCRAPE = 15_000;
const HOUR = 3_600_000;

/** Counters of an hour and what is looked back to from its start, a sample every 15 s. */
function counters(count: number): Series[] {
  const samples = (HOUR + 600_000) / SCRAPE;
  return Array.from({ length: count }, (_, i) => ({
    labels: Labels.from({
      __name__: "grpc_server_handled_total",
      grpc_method: `method${i % 20}`,
      instance: `host${i}`,
      job: "echo",
    }),
    samples: {
      times: Float64Array.from({ length: samples }, (_, n) => n * SCRAPE + i % 997),
      values: Float64Array.from({ length: samples }, (_, n) => n * (i + 1)),
    },
  }));
}

const storage = storageOf(counters(1000));
const engine = new Engine();

for (
  const query of [
    "grpc_server_handled_total",
    "rate(grpc_server_handled_total[5m])",
    "sum by (grpc_method) (rate(grpc_server_handled_total[5m]))",
    "sum without (instance) (grpc_server_handled_total)",
    "topk(5, grpc_server_handled_total)",
    "grpc_server_handled_total / grpc_server_handled_total",
  ]
) {
  Deno.bench(query, { group: "1,000 series, one hour at 15 s" }, async () => {
    await engine.range(storage, { query, start: 600_000, end: HOUR + 600_000, step: SCRAPE });
  });
}
