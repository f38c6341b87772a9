/**
 * Calls without pause, and what became of each, on both sides.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { type Labels, withRecorder } from "../../metrics/mod.ts";
import { memoryLogger } from "../../testing/greeter.ts";
import { stream, talker, type TalkerHandlers, type Text, texts } from "../../testing/talker.ts";
import type { Reconnect } from "../channel_options.ts";
import { connectRpc, type RpcClientOptions } from "../client.ts";
import type { Handlers } from "../handler.ts";
import type { Interceptor } from "../interceptor.ts";
import { rpcMetrics } from "../interceptors/metrics.ts";
import { implement, type RpcServer, type RpcServerOptions, serveRpc } from "../server.ts";
import { RpcError } from "../status.ts";

const WORDS = ["one", "two", "three"];

/** What it serves, for foreign programs. */
export const TALKER_PROTO = `syntax = "proto3"; package test;
  service Talker { rpc say (Text) returns (Text); rpc repeat (Text) returns (stream Text); }
  message Text { string text = 1; }`;

/** Takes a moment, so that calls are under way at any time. */
function work(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
}

const handlers: Handlers<TalkerHandlers> = {
  async say({ text }) {
    await work();
    return { text };
  },
  async gather(requests) {
    const text = (await texts(requests)).join(" ");
    await work();
    return { text };
  },
  async *repeat({ text }) {
    for (const word of text.split(" ")) {
      await work();
      yield { text: word };
    }
  },
  async *chat(requests) {
    for await (const { text } of requests) {
      await work();
      yield { text };
    }
  },
};

/** What grpc-go says of calls that it has not sent, since it has nowhere to send them. */
export const NEVER_SENT = /Error while dialing|the connection is draining/;

/** Starts a server of `test.Talker` on our transport that measures its calls; with port 0 on a free one. */
export function serveLoad(
  port: number,
  options: Partial<RpcServerOptions> = {},
  ...interceptors: Interceptor[]
): Promise<RpcServer> {
  return serveRpc({
    services: [implement(talker, handlers)],
    hostname: "127.0.0.1",
    port,
    interceptors: [rpcMetrics(Object.values(talker.methods)), ...interceptors],
    transport: "native",
    log: memoryLogger([]),
    ...options,
  });
}

/** Closes a server that is called, and starts another in its place at once; fails if calls were cut. */
export async function roll(
  old: RpcServer,
  start: (port: number) => Promise<RpcServer>,
): Promise<RpcServer> {
  const closed = old.close(10_000);
  const next = await startSoon(() => start(old.address.port));
  assertEquals(await closed, { cut: false });
  return next;
}

/** The port is free within a few turns of the event loop. */
async function startSoon(start: () => Promise<RpcServer>): Promise<RpcServer> {
  for (let turns = 0;; turns++) {
    try {
      return await start();
    } catch (error) {
      if (turns > 100) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Calls that go on until they are told to stop. */
export interface Load {
  /** How many calls have gone well. */
  readonly calls: number;
  /** Resolves when so many calls more have gone well, or one has failed. */
  more(calls: number): Promise<void>;
  /** Resolves when all calls have ended, with what those that failed said. */
  stop(): Promise<string[]>;
}

/** Options of {@linkcode startLoad}. */
export interface LoadOptions {
  /** A client for each. Default one. */
  readonly clients?: number;
  /** Calls at the same time of each client and kind. Default 3. */
  readonly concurrency?: number;
}

/** Clients of grpc-js that are set up alike share a connection: this makes each of them different. */
function reconnect(nth: number): Reconnect {
  return { initialBackoffMs: 20 + nth, maxBackoffMs: 50 };
}

/** Starts clients that call a server of {@linkcode serveLoad}. None makes a call again that failed. */
export function startLoad(
  options: RpcClientOptions,
  { clients: count = 1, concurrency = 3 }: LoadOptions = {},
): Load {
  const interceptors = [rpcMetrics(Object.values(talker.methods), { side: "client" })];
  const clients = Array.from({ length: count }, (_, nth) =>
    connectRpc(talker, {
      retry: [],
      reconnect: reconnect(nth),
      interceptors,
      ...options,
    }));
  const failures: string[] = [];
  const waiting = new Set<{ until: number; resolve: () => void }>();
  let calls = 0;
  let going = true;

  function tell(all: boolean): void {
    for (const one of waiting) {
      if (!all && calls < one.until) continue;
      waiting.delete(one);
      one.resolve();
    }
  }

  async function callAll([kind, call]: [string, () => Promise<string>]): Promise<void> {
    while (going) {
      try {
        const said = await call();
        if (said !== WORDS.join(" ")) failures.push(`${kind} INCOMPLETE: ${said}`);
        calls++;
        tell(false);
      } catch (error) {
        failures.push(`${kind} ${error instanceof RpcError ? `${error.code}: ` : ""}${error}`);
        tell(true);
        if (failures.length > 1000) return;
      }
    }
  }

  const ended = Promise.all(clients.flatMap(({ methods }) => {
    const text = WORDS.join(" ");
    const kinds: [string, () => Promise<string>][] = [
      ["say", async () => (await methods.say({ text })).text],
      ["gather", async () => (await methods.gather(stream(...WORDS))).text],
      ["chat", () => converse(methods.chat)],
    ];
    return kinds.flatMap((kind) => Array.from({ length: concurrency }, () => callAll(kind)));
  }));

  return {
    get calls() {
      return calls;
    },
    more: (count) => new Promise((resolve) => waiting.add({ until: calls + count, resolve })),
    async stop() {
      going = false;
      await ended;
      for (const client of clients) client.close();
      return failures;
    },
  };
}

/**
 * Says a word when the one before was answered, and ends when all were. A call of grpc-js whose last
 * replies are not read when its connection ends fails although all of them have come (1.14.7), so
 * replies must be read before there can be a status.
 */
async function converse(
  chat: (words: AsyncIterable<Text>) => AsyncIterable<Text>,
): Promise<string> {
  const heard: string[] = [];
  let answered = Promise.withResolvers<void>();

  async function* say(): AsyncGenerator<Text> {
    for (const text of WORDS) {
      answered = Promise.withResolvers();
      yield { text };
      await answered.promise;
    }
  }

  for await (const { text } of chat(say())) {
    heard.push(text);
    answered.resolve();
  }
  return heard.join(" ");
}

/** How many: `server started`, `server OK`, `client OK`, `refused pings`, `failed socket`, … */
export type Counts = Readonly<Record<string, number>>;

/** Runs `body` and returns what calls it counted, on both sides. */
export async function countCalls(body: () => Promise<void>): Promise<Counts> {
  const recorder = new DebuggingRecorder();
  await withRecorder(recorder, body);
  return countsOf(recorder);
}

/** What was counted since the last time: calls by side and status, and what went wrong below them. */
export function countsOf(recorder: DebuggingRecorder): Counts {
  const counts: Record<string, number> = {};
  for (const metric of recorder.snapshot()) {
    if (metric.kind !== "counter" || metric.value === 0) continue;
    const { name, labels } = metric;
    const key = NAMES.find(([pattern]) => pattern.test(name))?.[1](name, labels);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + Number(metric.value);
  }
  return counts;
}

const sideOf = (name: string) => name.startsWith("grpc_server") ? "server" : "client";

/** What each metric is called in {@linkcode Counts}. */
const NAMES: readonly [RegExp, (name: string, labels: Labels) => string][] = [
  [/_started_total$/, (name) => `${sideOf(name)} started`],
  [/_handled_total$/, (name, labels) => `${sideOf(name)} ${labels["grpc_code"]}`],
  [/_refused_total$/, (_, labels) => `refused ${labels["reason"]}`],
  [/_connection_errors_total$/, (_, labels) => `failed ${labels["origin"]}`],
];
