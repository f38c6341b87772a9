import { assert, assertEquals, assertExists, assertStringIncludes } from "@std/assert";
import { startChild } from "../../testing/child.ts";
import { greeter, memoryLogger, withGreeter } from "../../testing/greeter.ts";
import { attributesOf, OtlpCollector, type OtlpSpan, runTraced } from "../../testing/otlp.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { connectRpc } from "../client.ts";
import { Metadata } from "../metadata.ts";
import { defaultTransport, implement, serveRpc } from "../server.ts";
import { traceCalls } from "./tracing.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const PARENT = `00-${TRACE}-${SPAN}-01`;
const PERMISSIONS = ["--allow-net=127.0.0.1,localhost", "--ignore-env"];
const FIXTURE = new URL("tracing_fixture.ts", import.meta.url);
const TRANSPORT = `--transport=${defaultTransport.name}`;

const [SERVER, CLIENT] = [2, 3];

/** What a server is told by a client that is used inside the handler of another. */
async function forwarded(sent: Metadata | undefined, nested?: Metadata): Promise<Metadata> {
  const told = Promise.withResolvers<Metadata>();
  const back = await serveRpc({
    services: [
      implement(greeter, {
        greet(request, { metadata }) {
          told.resolve(metadata);
          return request;
        },
      }),
    ],
    hostname: "127.0.0.1",
    port: 0,
    log: memoryLogger([]),
  });
  const target = `127.0.0.1:${back.address.port}`;
  const client = connectRpc(greeter, { target, interceptors: [traceCalls({ target })] });
  await withGreeter(
    (request) => client.methods.greet(request, nested === undefined ? {} : { metadata: nested }),
    async (front) => {
      await front.client.methods.greet({ text: "" }, sent === undefined ? {} : { metadata: sent });
    },
    { interceptors: [traceCalls()] },
  );
  client.close();
  await back.close(1000);
  return await told.promise;
}

testWith(
  ["net", "env"],
  "traceCalls() hands on what came, inside a handler, where nothing is traced",
  async () => {
    const metadata = await forwarded(
      new Metadata({ traceparent: PARENT, tracestate: "congo=1", secret: "stays" }),
    );
    assertEquals(metadata.get("traceparent"), PARENT);
    assertEquals(metadata.get("tracestate"), "congo=1");
    assertEquals(metadata.get("secret"), undefined);
  },
);

testWith(
  ["net", "env"],
  "traceCalls() hands on nothing where nothing or nonsense came",
  async () => {
    for (const sent of [undefined, new Metadata({ traceparent: "nonsense", tracestate: "a=1" })]) {
      const metadata = await forwarded(sent);
      assertEquals(metadata.get("traceparent"), undefined);
      assertEquals(metadata.get("tracestate"), undefined);
    }
  },
);

testWith(
  ["net", "env"],
  "traceCalls() leaves a traceparent alone that the caller sets, and the caller's metadata too",
  async () => {
    const own = new Metadata({ traceparent: `00-${TRACE}-${SPAN}-00` });
    const metadata = await forwarded(
      new Metadata({ traceparent: PARENT, tracestate: "a=1" }),
      own,
    );
    assertEquals(metadata.get("traceparent"), own.get("traceparent"));
    assertEquals(metadata.get("tracestate"), undefined);
    const shared = new Metadata({ mine: "1" });
    await forwarded(new Metadata({ traceparent: PARENT }), shared);
    assertEquals([...shared], [["mine", "1"]]);
  },
);

Deno.test("traceCalls() has nothing to do on a server where nothing is traced", () => {
  const { started, admit, around } = traceCalls();
  assertEquals([typeof started, admit, around], ["function", undefined, undefined]);
});

/** The spans of calls, and of `withSpan`; node:http2 makes others, named POST. */
function tree(spans: readonly OtlpSpan[]) {
  const own = spans.filter(({ name }) => name !== "POST");
  const find = (isWanted: (span: OtlpSpan) => boolean) => {
    const found = own.find(isWanted);
    assertExists(found, JSON.stringify(own.map(({ name, kind }) => [name, kind])));
    return found;
  };
  /** The one span inside `span`. */
  const inside = (span: OtlpSpan) => find(({ parentSpanId }) => parentSpanId === span.spanId);
  /** From a span down to the innermost. */
  const chain = (span: OtlpSpan, length: number): OtlpSpan[] =>
    length === 1 ? [span] : [span, ...chain(inside(span), length - 1)];
  const ending = (code: string) =>
    find((span) =>
      span.kind === CLIENT && span.parentSpanId === "" &&
      attributesOf(span)["rpc.status_code"] === code
    );
  return { find, chain, ending };
}

testWith(["net", "run"], "traceCalls() makes one trace of a call and what it calls", async (t) => {
  const { spans, lines } = await runTraced(FIXTURE, {
    permissions: PERMISSIONS,
    args: [TRANSPORT],
  });
  const { find, chain, ending } = tree(spans);
  const log: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));

  await t.step("client, server, nested client, second server lie within each other", () => {
    const calls = chain(ending("OK"), 4);
    assertEquals(calls.map(({ kind }) => kind), [CLIENT, SERVER, CLIENT, SERVER]);
    assertEquals(new Set(calls.map(({ traceId }) => traceId)).size, 1);
    assertEquals(new Set(calls.map(({ name }) => name)), new Set(["test.Relay/ask"]));
  });

  await t.step("attributes are those of the conventions", () => {
    const [client, server] = chain(ending("OK"), 4).map((span) => attributesOf(span));
    assertExists(client);
    assertExists(server);
    const common = {
      "rpc.system.name": "grpc",
      "rpc.system": "grpc",
      "rpc.method": "test.Relay/ask",
      "rpc.service": "test.Relay",
      "rpc.status_code": "OK",
      "rpc.grpc.status_code": 0,
      "network.peer.address": "127.0.0.1",
    };
    const { "network.peer.port": peer, ...restOfServer } = server;
    assertEquals(restOfServer, common);
    assert(Number(peer) > 0);
    const port = client["server.port"];
    assertEquals(client, {
      ...common,
      "server.address": "localhost",
      "server.port": port,
      "network.peer.port": port,
    });
  });

  await t.step("a status that a handler chose fails the client's span, not the server's", () => {
    const [client, server] = chain(ending("NOT_FOUND"), 4);
    assertExists(client);
    assertExists(server);
    assertEquals(client.status, { code: 2, message: "nobody of that name" });
    assertEquals(attributesOf(client)["error.type"], "NOT_FOUND");
    assertEquals(server.status.code, 0);
    assertEquals(attributesOf(server)["error.type"], undefined);
  });

  await t.step("a handler that fails fails all, with the error where it was thrown", () => {
    const calls = chain(ending("INTERNAL"), 4);
    assertEquals(calls.map(({ status }) => status.code), [2, 2, 2, 2]);
    assertEquals(calls.map(({ events }) => events.map(({ name }) => name)), [
      [],
      [],
      [],
      ["exception"],
    ]);
    assertEquals(calls.at(-1)?.status.message, "a bug in the handler");
  });

  await t.step("streams too, and what their handlers do while they last", () => {
    const calls = chain(find(({ name }) => name === "conversation"), 5);
    const names = calls.map(({ name }) => name);
    assertEquals(names, ["conversation", ...Array(4).fill("test.Relay/chat")]);
    const thoughts = spans.filter(({ name }) => name === "think");
    assertEquals(thoughts.map(({ parentSpanId }) => parentSpanId), [
      calls.at(-1)?.spanId,
      calls.at(-1)?.spanId,
    ]);
  });

  await t.step("a traceparent from outside is gone on from", () => {
    const calls = chain(find(({ parentSpanId }) => parentSpanId === SPAN), 4);
    assertEquals(new Set(calls.map(({ traceId }) => traceId)), new Set([TRACE]));
    const { state } = log.find(({ text }) => text === "theirs") ?? {};
    assertEquals(state, "congo=t61rcWkgMzE");
  });

  await t.step("log lines and exemplars name the span they come from", () => {
    const ids = ({ traceId, spanId }: OtlpSpan) => ({ "trace_id": traceId, "span_id": spanId });
    const line = (message: string, text?: string) =>
      log.find((one) => one.message === message && (text === undefined || one.text === text)) ?? {};
    const picked = ({ trace_id, span_id }: Record<string, unknown>) => ({ trace_id, span_id });
    const [hello, bug] = [chain(ending("OK"), 4).at(-1), chain(ending("INTERNAL"), 4).at(-1)];
    assertExists(hello);
    assertExists(bug);
    assertEquals(picked(line("asked", "hello")), ids(hello));
    assertEquals(picked(line("a handler failed")), ids(bug));
    assertEquals(picked(line("answered a call")), ids(bug));
    const theirs = chain(find(({ parentSpanId }) => parentSpanId === SPAN), 4).at(-1);
    assertExists(theirs);
    assertEquals(log.at(-1)?.exemplar, ids(theirs));
    assertStringIncludes(String(line("a handler failed").error), "a bug in the handler");
  });
});

testWithProgram("grpcurl", "traceCalls() goes on from a trace of grpcurl", async (grpcurl) => {
  await using collector = new OtlpCollector();
  await using child = await startChild({
    script: FIXTURE,
    permissions: PERMISSIONS,
    args: [TRANSPORT, "serve"],
    env: collector.env,
  });
  const proto = await Deno.makeTempFile({ suffix: ".proto" });
  try {
    await Deno.writeTextFile(
      proto,
      `syntax = "proto3"; package test;
       service Relay { rpc ask (Text) returns (Text); }
       message Text { string text = 1; }`,
    );
    const folder = proto.slice(0, proto.lastIndexOf("/"));
    const { stdout, stderr } = await new Deno.Command(grpcurl, {
      args: [
        ...["-plaintext", "-import-path", folder, "-proto", proto.slice(folder.length + 1)],
        ...["-H", `traceparent: ${PARENT}`, "-d", '{"text":"hi"}'],
        ...[`127.0.0.1:${child.port}`, "test.Relay/ask"],
      ],
    }).output();
    assertStringIncludes(
      new TextDecoder().decode(stdout),
      '"HI"',
      new TextDecoder().decode(stderr),
    );
  } finally {
    await Deno.remove(proto);
  }
  const span = await collector.find(({ name, parentSpanId }) =>
    name === "test.Relay/ask" && parentSpanId === SPAN
  );
  assertEquals([span.traceId, span.kind], [TRACE, SERVER]);
});
