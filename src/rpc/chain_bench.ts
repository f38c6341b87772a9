/**
 * The price of the whole chain (interceptors, metrics, deadlines, limits, logs) against the same
 * service on bare grpc-js, in paired runs. Run it with
 * `deno run -P=test src/rpc/chain_bench.ts [ROUNDS] [REQUESTS]`.
 *
 * @module
 */
import { startChild } from "../testing/child.ts";
import { serveEchoscope } from "../testing/echoscope.ts";
import { compareThroughput } from "../testing/h2load.ts";

function bare(...args: string[]) {
  return startChild({
    script: new URL("chain_bench_server.ts", import.meta.url),
    permissions: ["--allow-net=127.0.0.1", "--ignore-env"],
    args,
  });
}

async function echoscope() {
  const service = await serveEchoscope();
  const port = Number(service.rpc.split(":").at(-1));
  return { port, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

if (import.meta.main) {
  const [rounds, requests] = Deno.args.map(Number);
  await compareThroughput([
    { name: "bare grpc-js", start: () => bare() },
    { name: "bare grpc-js behind socket.ts", start: () => bare("coalesce") },
    { name: "echoscope serve", start: echoscope },
  ], { ...rounds && { rounds }, ...requests && { requests } });
}
