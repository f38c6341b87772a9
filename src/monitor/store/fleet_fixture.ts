import { Labels } from "../labels.ts";
import type { BatchSample } from "./batch.ts";
import { seeded } from "./random_fixture.ts";
import { SeriesHandle } from "./series.ts";

/** One series of a made-up target. */
interface FleetSeries {
  readonly handle: SeriesHandle;
  /** Its next value. */
  readonly next: (random: () => number) => number;
}

/** Series such as a service has, scrape by scrape. */
export interface Fleet {
  /** The samples of the next scrape. */
  scrape(): BatchSample[];
}

/**
 * A target with so many series as services have them: of 20, 13 are buckets of latency histograms (most
 * of methods without calls), 2 their sums and counts, 3 counters, 2 gauges of bytes and fractions.
 */
export function makeFleet(instance: string, size: number, seed = 1): Fleet {
  const random = seeded(seed);
  const all: FleetSeries[] = [];
  for (let i = 0; i < size; i++) {
    const method = Math.floor(i / 20);
    const labels = (name: string, more: Record<string, string> = {}) =>
      new SeriesHandle(Labels.from({
        __name__: name,
        job: "echo",
        instance,
        grpc_service: "foo.Foo",
        grpc_method: `Method${method}`,
        ...more,
      }));
    const isBusy = method % 4 === 0;
    const kind = i % 20;
    let value = 0;
    if (kind < 13) {
      const share = kind / 12;
      all.push({
        handle: labels("grpc_server_handling_seconds_bucket", { le: String(0.001 * 2 ** kind) }),
        next: (r) => isBusy ? value += Math.round(100 * share + 20 * share * r()) : 7,
      });
    } else if (kind === 13) {
      all.push({
        handle: labels("grpc_server_handling_seconds_sum"),
        next: (r) => isBusy ? value = Math.round((value + r()) * 1e9) / 1e9 : 0.123456789,
      });
    } else if (kind < 18) {
      all.push({
        handle: labels("grpc_server_handled_total", { grpc_code: String(kind) }),
        next: (r) => value += isBusy ? Math.round(100 + 20 * r()) : r() < 0.01 ? 1 : 0,
      });
    } else {
      all.push({
        handle: labels("gauge", { kind: String(kind) }),
        next: (r) => kind === 18 ? Math.round(5e7 + r() * 1e6) * 8 : isBusy ? r() : 0.5,
      });
    }
  }
  return {
    scrape: () => all.map(({ handle, next }) => ({ series: handle, value: next(random) })),
  };
}
