/**
 * Compares a grpc-js server that binds its port with one behind `socket.ts`. Run it with
 * `deno run -P=test src/rpc/grpc_js/socket_bench.ts [ROUNDS] [REQUESTS]`.
 *
 * @module
 */
import { startChild } from "../../testing/child.ts";
import { compareThroughput } from "../../testing/h2load.ts";

function fixture(...args: string[]) {
  return startChild({
    script: new URL("http2_guard_fixture.ts", import.meta.url),
    permissions: ["--allow-net=127.0.0.1", "--allow-env"],
    args,
  });
}

if (import.meta.main) {
  const [rounds, requests] = Deno.args.map(Number);
  await compareThroughput([
    { name: "bound by grpc-js", start: () => fixture("guard") },
    { name: "behind socket.ts", start: () => fixture("guard", "coalesce") },
  ], { ...rounds && { rounds }, ...requests && { requests } });
}
