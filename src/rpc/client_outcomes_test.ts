/** How calls end on the client: what the caller gets is what interceptors are told. */
import { assertEquals, assertRejects } from "@std/assert";
import type { ServerHttp2Stream } from "node:http2";
import { CallLog } from "../testing/call_log.ts";
import { HELLO } from "../testing/outcomes.ts";
import { testWith } from "../testing/permissions.ts";
import { answerWith, message, type RawServer, rawServer } from "../testing/raw_call.ts";
import { METHODS, SINGLE_REPLY, stream, talker, type Text, texts } from "../testing/talker.ts";
import { type CallOptions, connectRpc, type RpcClient } from "./client.ts";
import type { Interceptor } from "./interceptor.ts";
import { RpcError } from "./status.ts";

interface Row {
  readonly title: string;
  readonly methods?: readonly typeof METHODS[number][];
  /** What the server does; default it replies `{ text: "hello" }`. */
  readonly answer?: (stream: ServerHttp2Stream, server: RawServer) => void;
  readonly options?: () => CallOptions;
  readonly interceptors?: readonly Interceptor[];
  /** What is called before the call. */
  readonly before?: (client: Talker) => void;
  /** The code, and words of the message. */
  readonly got: readonly [string, string?];
  readonly told: readonly string[];
}

type Talker = typeof talker extends { types?: { handlers: infer H; definition: infer D } }
  ? RpcClient<H, D>
  : never;

const UNDECODABLE = new Uint8Array([0x0a, 0xff]);
const silence = () => {};

const ROWS: readonly Row[] = [
  { title: "the server replies", got: ["OK"], told: ["sent 7", "received 7", "finished OK"] },
  {
    title: "the server answers with an error",
    answer: (stream) => answerWith(stream, [], 5),
    got: ["NOT_FOUND"],
    told: ["sent 7", "finished NOT_FOUND"],
  },
  {
    title: "the server answers with an error after a reply",
    answer: (stream) => answerWith(stream, [message(HELLO)], 10),
    got: ["ABORTED"],
    told: ["sent 7", "received 7", "finished ABORTED"],
  },
  {
    title: "the reply is no message",
    answer: (stream) => answerWith(stream, [message(UNDECODABLE)], 0),
    got: ["INTERNAL", "Cannot decode the reply of /test.Talker/"],
    told: ["sent 7", "received 2", "finished INTERNAL"],
  },
  {
    title: "the server says OK and sends no reply",
    methods: SINGLE_REPLY,
    answer: (stream) => answerWith(stream, [], 0),
    got: ["INTERNAL", "The server sent no reply to /test.Talker/"],
    told: ["sent 7", "finished INTERNAL"],
  },
  {
    title: "the server sends a second reply",
    methods: SINGLE_REPLY,
    answer: (stream) => answerWith(stream, [message(HELLO), message(HELLO)], 0),
    got: ["INTERNAL", "The server sent more than one reply to /test.Talker/"],
    told: ["sent 7", "received 7", "received 7", "finished INTERNAL"],
  },
  {
    title: "the reply is larger than 4 MiB",
    answer: (stream) => answerWith(stream, [message(new Uint8Array(5_000_000))], 0),
    got: ["RESOURCE_EXHAUSTED"],
    told: ["sent 7", "finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "the server is no gRPC server",
    answer: (stream) => stream.respond({ ":status": 404 }, { endStream: true }),
    got: ["UNIMPLEMENTED"],
    told: ["sent 7", "finished UNIMPLEMENTED"],
  },
  {
    title: "the server resets the stream",
    answer: (stream) => stream.close(11),
    got: ["RESOURCE_EXHAUSTED"],
    told: ["sent 7", "finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "the server's connection is lost",
    answer: (_, server) => server.kill(),
    got: ["UNAVAILABLE"],
    told: ["sent 7", "finished UNAVAILABLE"],
  },
  {
    title: "the deadline passes",
    answer: silence,
    options: () => ({ timeoutMs: 30 }),
    got: ["DEADLINE_EXCEEDED"],
    told: ["sent 7", "finished DEADLINE_EXCEEDED"],
  },
  {
    title: "the deadline is further away than any timer",
    options: () => ({ timeoutMs: 1e15 }),
    got: ["OK"],
    told: ["sent 7", "received 7", "finished OK"],
  },
  {
    title: "the timeout is no number",
    options: () => ({ timeoutMs: NaN }),
    got: ["INTERNAL", "its timeout is NaN"],
    told: ["finished INTERNAL"],
  },
  {
    title: "the caller cancels",
    answer: silence,
    options: () => ({ signal: AbortSignal.timeout(20) }),
    got: ["CANCELLED"],
    told: ["sent 7", "finished CANCELLED"],
  },
  {
    title: "the caller has cancelled before",
    options: () => ({ signal: AbortSignal.abort() }),
    got: ["CANCELLED"],
    told: ["finished CANCELLED"],
  },
  {
    title: "the caller's onHeaders breaks",
    options: () => ({
      onHeaders: () => {
        throw new TypeError("a bug");
      },
    }),
    got: ["CANCELLED", "onHeaders failed: a bug"],
    told: ["sent 7", "finished CANCELLED"],
  },
  {
    title: "the caller's onTrailers breaks",
    options: () => ({
      onTrailers: () => {
        throw new TypeError("a bug");
      },
    }),
    got: ["CANCELLED", "onTrailers failed: a bug"],
    told: ["sent 7", "received 7", "finished CANCELLED"],
  },
  {
    title: "the client was closed",
    before: (client) => client.close(),
    got: ["UNAVAILABLE", "Channel has been shut down"],
    told: ["finished UNAVAILABLE"],
  },
  {
    title: "an interceptor refuses the call",
    interceptors: [{
      admit: () => {
        throw new RpcError("RESOURCE_EXHAUSTED", "enough");
      },
    }],
    got: ["RESOURCE_EXHAUSTED", "enough"],
    told: ["finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "an interceptor refuses the call after a while",
    interceptors: [{ admit: () => Promise.reject(new RpcError("ABORTED", "no")) }],
    got: ["ABORTED", "no"],
    told: ["finished ABORTED"],
  },
  {
    title: "an interceptor breaks after a while",
    interceptors: [{
      admit: () => Promise.resolve(),
      around: () => {
        throw new TypeError("a bug");
      },
    }],
    got: ["INTERNAL", "a bug"],
    told: ["finished INTERNAL"],
  },
  {
    title: "an interceptor ends the call",
    answer: silence,
    interceptors: [{
      started: (call) => void setTimeout(() => call.end(new RpcError("ABORTED", "x")), 20),
    }],
    got: ["ABORTED", "x"],
    told: ["sent 7", "finished ABORTED"],
  },
];

for (const row of ROWS) {
  for (const method of row.methods ?? METHODS) {
    const name = `ClientCall reports the outcome when ${row.title} (${method})`;
    testWith(["net", "env"], name, () => check(row, method));
  }
}

async function check(row: Row, method: typeof METHODS[number]): Promise<void> {
  const { answer = (stream) => answerWith(stream, [message(HELLO)], 0) } = row;
  const log = new CallLog();
  await using server: RawServer = await rawServer((stream) => {
    // A call is answered when it has come, so that what is told does not depend on who is faster.
    stream.on("data", () => {});
    stream.once("end", () => answer(stream, server));
  });
  const interceptors = [log, ...row.interceptors ?? []];
  const client = connectRpc(talker, { target: `127.0.0.1:${server.port}`, interceptors });
  try {
    row.before?.(client);
    const outcome = call(client, method, row.options?.() ?? {});
    const [code, words = ""] = row.got;
    if (code === "OK") assertEquals(await outcome, "hello");
    else assertEquals((await assertRejects(() => outcome, RpcError, words)).code, code);
    assertEquals(await log.finished(), ["started", ...row.told]);
    assertEquals(log.methods, [`test.Talker/${method}`]);
  } finally {
    client.close();
  }
  assertEquals(log.calls.map((told) => told.at(-1)), [row.told.at(-1)], "once, and last");
}

async function call(
  { methods }: Talker,
  method: typeof METHODS[number],
  options: CallOptions,
): Promise<string> {
  const request: Text = { text: "hello" };
  switch (method) {
    case "say":
      return (await methods.say(request, options)).text;
    case "gather":
      return (await methods.gather(stream("hello"), options)).text;
    case "repeat":
      return (await texts(methods.repeat(request, options))).join();
    case "chat":
      return (await texts(methods.chat(stream("hello"), options))).join();
  }
}
