/**
 * What tracing and the access log add to a call: per call as interceptors, and to the throughput of a
 * client and a server in one process over a real connection; in a process that is not traced, in one
 * that is, and in one that is and keeps no span. What Deno's own spans cost is in the first column. Run
 * it with
 * `deno run -P=test src/rpc/interceptors/tracing_bench.ts`.
 *
 * @module
 */
import { type TracingPrice, WAYS } from "./tracing_bench_fixture.ts";

const FIXTURE = new URL("tracing_bench_fixture.ts", import.meta.url);

/** Takes spans, and throws them away. */
function startDrain() {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    await request.arrayBuffer();
    return new Response();
  });
}

async function measure(env: Record<string, string>): Promise<TracingPrice> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "--allow-net=127.0.0.1", "--ignore-env", FIXTURE.href],
    env: { NO_COLOR: "1", ...env },
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) {
  await using drain = startDrain();
  const traced = {
    OTEL_DENO: "true",
    OTEL_DENO_METRICS: "false",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${drain.addr.port}`,
  };
  const processes = {
    "not traced": { OTEL_DENO: "false" },
    "traced": traced,
    "traced, none kept": { ...traced, OTEL_TRACES_SAMPLER: "always_off" },
  };
  print(`${"".padEnd(20)}${WAYS.map((way) => way.padStart(20)).join("")}`);
  for (const [name, env] of Object.entries(processes)) {
    const price = await measure(env);
    const row = (unit: string, of: Readonly<Record<typeof WAYS[number], number>>) =>
      print(
        name.padEnd(20) + WAYS.map((way) => `${of[way].toFixed(0)} ${unit}`.padStart(20)).join(""),
      );
    row("ns/call", price.chainNs);
    row("calls/s", price.callsPerSecond);
  }
}
