/**
 * A scrape of 4,800 samples: with what the last scrape left against without, the text format against
 * OpenMetrics.
 *
 * @module
 */
import { parseExposition } from "./exposition.ts";
import { OPENMETRICS_TYPE, TEXT_TYPE } from "./pages_fixture.ts";
import { SeriesMemory } from "./series_memory.ts";

const METHODS = 400;
const BUCKETS = ["0.0001", "0.001", "0.01", "0.1", "0.5", "1", "2.5", "5", "10", "+Inf"];

function histograms(end: string): string {
  const lines = ["# HELP delay_seconds How long.", "# TYPE delay_seconds histogram"];
  for (let method = 0; method < METHODS; method++) {
    const labels =
      `grpc_type="unary",grpc_service="foo.Foo",grpc_method="method${method}",grpc_code="OK"`;
    BUCKETS.forEach((le, i) =>
      lines.push(`delay_seconds_bucket{${labels},le="${le}"} ${i * 1234}`)
    );
    lines.push(`delay_seconds_count{${labels}} ${BUCKETS.length * 1234}`);
    lines.push(`delay_seconds_sum{${labels}} ${method * 1.2345678901234567}`);
  }
  return `${lines.join("\n")}\n${end}`;
}

const TEXT = histograms("");
const OPENMETRICS = histograms("# EOF\n");

for (
  const [name, page, type] of [
    ["text", TEXT, TEXT_TYPE],
    ["OpenMetrics", OPENMETRICS, OPENMETRICS_TYPE],
  ] as const
) {
  const memory = new SeriesMemory();
  Deno.bench(`${name}, without a memory`, { group: "scrape of 4,800 samples" }, () => {
    parseExposition(page, type);
  });
  Deno.bench(`${name}, with a memory`, { group: "scrape of 4,800 samples" }, () => {
    parseExposition(page, type, { memory });
  });
}
