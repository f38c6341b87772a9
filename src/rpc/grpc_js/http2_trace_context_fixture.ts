/**
 * A traced process for `http2_trace_context_test.ts`: makes three calls of as many traces before there
 * is a connection, and prints for each the trace it belongs to and the one that the server was told.
 */
import { connectOpenTelemetry } from "../../metrics/context_otel.ts";
import { greeter, memoryLogger } from "../../testing/greeter.ts";
import { connectRpc } from "../client.ts";
import { Metadata } from "../metadata.ts";
import { implement, serveRpc } from "../server.ts";
import { keepTraceContext } from "./http2_trace_context.ts";

connectOpenTelemetry();
if (Deno.args[0] !== "without") keepTraceContext();
const server = await serveRpc({
  services: [
    implement(greeter, {
      greet: (_, { metadata }) => ({ text: String(metadata.get("traceparent")).slice(3, 35) }),
    }),
  ],
  hostname: "127.0.0.1",
  port: 0,
  log: memoryLogger([]),
});
const client = connectRpc(greeter, { target: `127.0.0.1:${server.address.port}` });
const pairs = await Promise.all(["a", "b", "c"].map(async (digit) => {
  const trace = digit.repeat(32);
  const metadata = new Metadata({ traceparent: `00-${trace}-${"1".repeat(16)}-01` });
  return [trace, (await client.methods.greet({ text: "" }, { metadata })).text];
}));
client.close();
await server.close(1000);
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(pairs)));
