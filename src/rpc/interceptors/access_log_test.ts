import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { callEnd } from "../../testing/calls.ts";
import { greeter, memoryLogger, withGreeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { connectRpc } from "../client.ts";
import type { Call, CallEnd } from "../interceptor.ts";
import { Metadata } from "../metadata.ts";
import { RpcError, type StatusName } from "../status.ts";
import { logCalls, type LogCallsOptions } from "./access_log.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

function callOf(path: string, side: Call["side"] = "server"): Call {
  const [, service = "unknown", name = "unknown"] = path.split("/");
  return {
    side,
    method: { path, service, name, kind: "unary" },
    metadata: new Metadata({ secret: "s3cret" }),
    peer: "192.0.2.1:50000",
    deadline: undefined,
    signal: new AbortController().signal,
    end() {},
  };
}

/** The codes of the calls that are logged, of so many that end so. */
function logged(
  options: LogCallsOptions,
  ends: readonly (CallEnd & { path?: string; side?: Call["side"] })[],
) {
  const lines: string[] = [];
  const interceptor = logCalls(memoryLogger(lines), options);
  for (const { path = "/test.Greeter/greet", side = "server", ...end } of ends) {
    const call = callOf(path, side);
    interceptor.started?.(call)?.finished?.(end, call);
  }
  return lines.map((line) => JSON.parse(line));
}

const quick = (code: StatusName) => callEnd(code, 0.001);

testWith(
  ["net", "env"],
  "logCalls() writes method, code, seconds, peer and bytes, and nothing that was said",
  async () => {
    const lines: string[] = [];
    await withGreeter(
      ({ text }) => ({ text: `Hello ${text}!` }),
      async ({ client }) => {
        await client.methods.greet({ text: "Ada" }, {
          metadata: new Metadata({
            "authorization": "Bearer s3cret",
            "traceparent": `00-${TRACE}-b7ad6b7169203331-01`,
          }),
        });
      },
      { interceptors: [logCalls(memoryLogger(lines), { oneIn: 1 })] },
    );
    const { seconds, peer, time: _, ...rest } = JSON.parse(lines[0] ?? "{}");
    assertEquals(rest, {
      level: "info",
      message: "answered a call",
      method: "/test.Greeter/greet",
      code: "OK",
      "received_bytes": 5,
      "sent_bytes": 12,
      "trace_id": TRACE,
    });
    assertMatch(String(seconds), /^0\.\d{1,6}$/);
    assertMatch(peer, /^127\.0\.0\.1:\d+$/);
    assertEquals(lines.length, 1);
  },
);

Deno.test("logCalls() writes what the server failed, and by default nothing else", () => {
  const codes: StatusName[] = [
    ...["OK", "CANCELLED", "INVALID_ARGUMENT", "NOT_FOUND", "RESOURCE_EXHAUSTED"] as const,
    ...["UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE"] as const,
    "DATA_LOSS",
  ];
  assertEquals(logged({}, codes.map(quick)).map(({ level, code }) => `${level} ${code}`), [
    "warn UNKNOWN",
    "warn DEADLINE_EXCEEDED",
    "warn UNIMPLEMENTED",
    "warn INTERNAL",
    "warn UNAVAILABLE",
    "warn DATA_LOSS",
  ]);
});

Deno.test("logCalls() takes a path that nobody serves for a fault of its caller", () => {
  const end = { ...quick("UNIMPLEMENTED"), path: "unknown" };
  assertEquals(logged({}, [end]), []);
  assertEquals(logged({ oneIn: 1 }, [end]).map(({ level }) => level), ["info"]);
});

Deno.test("logCalls() writes one in so many of the others", () => {
  const numbers = [0, 0.249, 0.25, 0.5, 0.999];
  const random = () => numbers.shift() ?? NaN;
  const lines = logged(
    { oneIn: 4, random },
    [
      ...["OK", "NOT_FOUND", "OK", "INTERNAL", "NOT_FOUND", "OK"] as const,
    ].map(quick),
  );
  assertEquals(lines.map(({ code }) => code), ["OK", "NOT_FOUND", "INTERNAL"]);
  assertEquals(numbers, [], "a failure draws no number");
});

Deno.test("logCalls() writes every call that was slow", () => {
  const lines = logged({ slowSeconds: 0.5 }, [
    callEnd("OK", 0.5),
    callEnd("NOT_FOUND", 0.5000014),
    callEnd("OK", 2),
  ]);
  assertEquals(lines.map(({ level, seconds }) => [level, seconds]), [["info", 0.500001], [
    "info",
    2,
  ]]);
});

Deno.test("logCalls() leaves probes out unless it is asked for them", () => {
  const end = { ...quick("INTERNAL"), path: "/grpc.health.v1.Health/Check" };
  assertEquals(logged({ oneIn: 1 }, [end]).length, 0);
  assertEquals(logged({ oneIn: 1, health: true }, [end]).length, 1);
});

Deno.test("logCalls() leaves out what is over its limit in a second, and says so", () => {
  const lines = logged({ perSecond: 3 }, Array(10).fill(quick("INTERNAL")));
  assertEquals(lines.length < 10 && lines.length >= 3, true);
});

testWith(
  ["net", "env"],
  "logCalls() has nothing to say of the calls of a client",
  () =>
    withGreeter(() => {
      throw new RpcError("INTERNAL", "");
    }, async ({ server }) => {
      const lines: string[] = [];
      const client = connectRpc(greeter, {
        target: `127.0.0.1:${server.address.port}`,
        interceptors: [logCalls(memoryLogger(lines), { oneIn: 1 })],
      });
      await assertRejects(() => client.methods.greet({ text: "" }), RpcError);
      client.close();
      assertEquals(lines, []);
    }),
);
