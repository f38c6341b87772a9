/**
 * Conversations with faults, brought to the whole of the transport (bytes, frames, calls, handlers of
 * all four kinds) without a network, and what must be true of it afterwards. As a program it does many
 * and tells in JSON what it saw: `--seed 1 --count 100000`.
 *
 * @module
 */
import { setImmediate as nextRound } from "node:timers/promises";
import { parseArgs } from "node:util";
import { BufferPool } from "../../http2/buffer_pool.ts";
import { systemClock } from "../../http2/clock.ts";
import type { Http2Options } from "../../http2/connection.ts";
import { ConnectionError } from "../../http2/error.ts";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { SeededRandom } from "../../testing/fuzz.ts";
import { bytesInUse } from "../../testing/heap.ts";
import { talker, type TalkerHandlers, type Text } from "../../testing/talker.ts";
import type { AnyHandler, CallContext, Handlers } from "../handler.ts";
import { Interceptors } from "../interceptor.ts";
import { rpcMetrics } from "../interceptors/metrics.ts";
import { ServerCall } from "../server_call.ts";
import { RpcError } from "../status.ts";
import { Carrier } from "./carrier.ts";
import { Deadlines } from "./deadlines.ts";
import { type Bytes, conversation } from "./fuzz_conversations_fixture.ts";
import { mutateConversation, reads } from "./fuzz_mutations_fixture.ts";
import { MemoryStream, type Taking } from "./fuzz_stream_fixture.ts";
import type { RequestMemory } from "./request_memory.ts";
import { serveStream } from "./serve_stream.ts";

/** What is thrown at the transport. */
export interface FuzzOptions {
  readonly seed: number;
  /** Conversations with faults. */
  readonly count: number;
}

/** What came of it. Anything that may not be was thrown. */
export interface FuzzTally {
  /** Calls that began, by the status with which they ended. */
  readonly calls: Readonly<Record<string, number>>;
  /** Connections that ended with an error of the protocol. */
  readonly errors: number;
  /** What limits refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Bytes in use after the last quarter beyond those after the first; undefined where they cannot be told. */
  readonly growth: number | undefined;
}

/** Conversations with faults that go on at the same time, beside one without. */
const AT_ONCE = 4;
/** Conversations without faults. */
const INNOCENTS = 12;
/** So long the innocent may take, in rounds of the event loop. */
const PATIENCE = 100_000;

/** Throws an Error that names the round for anything that may not be. */
export async function fuzzTransport({ seed, count }: FuzzOptions): Promise<FuzzTally> {
  const random = new SeededRandom(seed);
  const server = new FuzzedServer();
  const innocents: { readonly frames: readonly Bytes[]; readonly expected: string }[] = [];
  for (let at = 0; at < INNOCENTS; at++) {
    const frames = conversation(new SeededRandom(at), false);
    innocents.push({ frames, expected: await server.innocent(random, frames) });
  }
  let before: number | undefined;
  for (let round = 0; round < count; round += AT_ONCE) {
    if (before === undefined && round >= count / 4) before = bytesInUse();
    try {
      // Each has numbers of its own, so that what is sent does not depend on who comes first.
      const own = () => new SeededRandom(random.below(2 ** 32));
      const guilty = Array.from({ length: AT_ONCE }, () => server.guilty(own()));
      const { frames, expected } = random.pick(innocents);
      const [answers] = await Promise.all([server.innocent(own(), frames), ...guilty]);
      if (answers !== expected) throw new Error(`The innocent got ${answers}, not ${expected}`);
      await server.settle();
    } catch (cause) {
      throw new Error(`Round ${round} of seed ${seed}`, { cause });
    }
  }
  server.stop();
  const after = bytesInUse();
  const growth = before === undefined || after === undefined ? undefined : after - before;
  return { ...server.tally, growth };
}

/** A buffer that came back is used by another at once: whoever still uses it must be found. */
class CheckedPool extends BufferPool {
  readonly #free = new Set<ArrayBufferLike>();

  override take(): Uint8Array<ArrayBuffer> {
    const buffer = super.take();
    this.#free.delete(buffer.buffer);
    return buffer;
  }

  override give(buffer: Uint8Array): void {
    if (this.#free.has(buffer.buffer)) throw new Error("A buffer is given back twice");
    this.#free.add(buffer.buffer);
    buffer.fill(0xa5);
    super.give(buffer);
  }
}

/** What serves, and what is known of it. */
class FuzzedServer {
  readonly tally = {
    calls: {} as Record<string, number>,
    errors: 0,
    refused: {} as Record<string, number>,
  };
  readonly #recorder = new DebuggingRecorder();
  readonly #deadlines = new Deadlines();
  readonly #interceptors: Interceptors;
  /** As many buffers as are ever in use: what is not kept would not be found in wrong hands. */
  readonly #pool = new CheckedPool(32 * 1024, 10_000);
  /** Handlers that have not returned. */
  #running = 0;
  /** What came out where nothing may come out. */
  #escaped: unknown[] = [];

  constructor() {
    this.#interceptors = withRecorder(
      this.#recorder,
      () =>
        new Interceptors(
          [rpcMetrics(Object.values(talker.methods))],
          (error) => this.#escaped.push(error),
        ),
    );
  }

  /** One conversation with faults, to its end. */
  async guilty(random: SeededRandom): Promise<void> {
    const frames = conversation(random, random.below(2) === 0);
    const bytes = mutateConversation(random, frames, conversation(random, true));
    const taking = random.pick<Taking>(["all", "all", "all", "little", "nothing", "broken"]);
    const ending = random.pick(["close", "reset", "wait"] as const);
    let rounds = random.below(4) === 0 ? 0 : random.below(30);
    const client = new MemoryStream({
      random,
      reads: reads(random, bytes),
      taking,
      ending,
      async answered() {
        for (; rounds > 0; rounds--) await nextRound();
        if (ending !== "wait") return;
        carrier.drain();
        for (let round = 0; round < 10; round++) await nextRound();
        carrier.close();
      },
    });
    const memory = this.#memory(50_000);
    const carrier = this.#carry(client, { ...LIMITS, ...TIGHT }, memory);
    await carrier.run();
    if (carrier.isBusy) throw new Error("A call outlives its connection");
    if (memory.used !== 0) throw new Error(`${memory.used} bytes are counted for ever`);
  }

  /** One conversation without faults, to its end; returns what was answered, stream by stream. */
  async innocent(random: SeededRandom, frames: readonly Bytes[]): Promise<string> {
    const client = new MemoryStream({
      random,
      reads: reads(random, Uint8Array.from(frames.flat())),
      taking: random.pick<Taking>(["all", "little"]),
      ending: "close",
      async answered() {
        for (let round = 0; carrier.isBusy; round++) {
          if (round > PATIENCE) throw new Error("The innocent got no answer");
          await nextRound();
        }
        // What is under way arrives before the end.
        for (let seen = -1; client.taken.length > seen;) {
          seen = client.taken.length;
          for (let round = 0; round < 10; round++) await nextRound();
        }
      },
    });
    const carrier = this.#carry(client, LIMITS, this.#memory(1_000_000));
    await carrier.run();
    return answers(client.taken);
  }

  /** Checks what must be true when all connections have ended. */
  async settle(): Promise<void> {
    for (let round = 0; this.#running > 0 && round < PATIENCE; round++) await nextRound();
    if (this.#running > 0) throw new Error(`${this.#running} handlers have not returned`);
    const [first] = this.#escaped;
    if (first !== undefined) throw new Error("Something escaped", { cause: first });
    let [started, handled, inFlight] = [0, 0, 0];
    for (const metric of this.#recorder.snapshot()) {
      if (metric.kind === "histogram") continue;
      const value = Number(metric.value);
      if (metric.name === "grpc_server_started_total") started += value;
      if (metric.name === "grpc_server_in_flight") inFlight += Math.abs(value);
      if (metric.name !== "grpc_server_handled_total" || value === 0) continue;
      handled += value;
      const code = String(metric.labels["grpc_code"]);
      this.tally.calls[code] = (this.tally.calls[code] ?? 0) + value;
    }
    if (started !== handled) throw new Error(`${started} calls began, ${handled} ended`);
    if (inFlight !== 0) throw new Error(`${inFlight} calls are in flight`);
  }

  stop(): void {
    this.#deadlines.stop();
  }

  #memory(max: number): RequestMemory {
    return { used: 0, max, maxMessage: 60_000, onExceeded: () => this.#refused("requests") };
  }

  #carry(stream: MemoryStream, limits: Limits, memory: RequestMemory): Carrier {
    const shared = {
      accept: (wire: ConstructorParameters<typeof ServerCall>[0]) =>
        new ServerCall(wire, this.#served.get(wire.path), {
          interceptors: this.#interceptors,
          maxSendMessageBytes: 100_000,
        }),
      peer: "fuzz",
      deadlines: this.#deadlines,
      memory,
    };
    return new Carrier({
      stream,
      http2: { ...limits, pool: this.#pool, clock: systemClock },
      request: (stream) => serveStream(stream, shared),
      refused: (limit) => this.#refused(limit),
      onError: (_, error) => this.#onError(error),
    });
  }

  /** Of a connection only errors of the protocol, and what the network does, may come. */
  #onError(error: unknown): void {
    const { BrokenPipe, ConnectionReset } = Deno.errors;
    if (error instanceof ConnectionError) {
      this.tally.errors++;
      if (error.cause !== undefined) this.#escaped.push(error.cause);
    } else if (!(error instanceof BrokenPipe || error instanceof ConnectionReset)) {
      this.#escaped.push(error);
    }
  }

  #refused(limit: string): void {
    this.tally.refused[limit] = (this.tally.refused[limit] ?? 0) + 1;
  }

  readonly #served = new Map(
    Object.entries(talker.methods).map(([name, method]) => {
      const handler = HANDLERS[name as keyof TalkerHandlers] as AnyHandler;
      const counted = (request: never, context: CallContext) => {
        const result: unknown = (handler as (...of: unknown[]) => unknown)(request, context);
        if (!(result instanceof Promise)) return result;
        this.#running++;
        return result.finally(() => this.#running--);
      };
      return [method.path, { method, handler: counted as AnyHandler }];
    }),
  );
}

type Limits = Omit<Http2Options, "pool" | "clock">;

const LIMITS: Limits = {
  maxAgeMs: Infinity,
  maxAgeGraceMs: Infinity,
  maxIdleMs: Infinity,
  keepaliveTimeMs: Infinity,
  keepaliveTimeoutMs: Infinity,
  greetingTimeoutMs: 60_000,
  minPingIntervalMs: 10_000,
  maxConcurrentStreams: 100,
  maxHeaderListSize: 8192,
  streamWindow: 65_535,
  connectionWindow: 262_144,
  maxWaitingBytes: 1_000_000,
  maxBurst: 1000,
  maxBurstPerSecond: 100,
};

/** So small that conversations reach them. */
const TIGHT: Partial<Limits> = {
  maxConcurrentStreams: 3,
  maxHeaderListSize: 2500,
  maxWaitingBytes: 60_000,
  maxBurst: 20,
  maxBurstPerSecond: 1,
};

/** What is asked for is the first text of a call. */
const HANDLERS: Handlers<TalkerHandlers> = {
  say(request, context) {
    // Both ways to answer: at once, and later.
    if (request.text === "echo") return request;
    return Promise.resolve().then(() => reply(request, context));
  },
  async gather(requests, context) {
    const all: Text[] = [];
    for await (const request of requests) all.push(request);
    return reply(all[0] ?? { text: "" }, context);
  },
  async *repeat(request, context) {
    const count = request.text === "many" ? 20 : 2;
    for (let at = 0; at < count; at++) yield reply(request, context);
  },
  async *chat(requests, context) {
    for await (const request of requests) yield reply(request, context);
  },
};

function reply({ text }: Text, { metadata, responseHeaders, responseTrailers }: CallContext): Text {
  const binary = metadata.get("x-one-bin");
  if (binary !== undefined) responseTrailers.set("x-one-bin", binary);
  const value = metadata.get("x-text");
  if (value !== undefined) responseHeaders.set("x-text", value);
  if (text === "fail") throw new TypeError("Cannot answer: asked to fail");
  if (text === "refuse") throw new RpcError("NOT_FOUND", "refused, with \u{1f600} and %");
  return { text: text === "big" ? "z".repeat(50_000) : text };
}

/** The payloads of HEADERS and DATA, joined by stream, so that no order between streams matters. */
function answers(taken: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(taken);
  const streams = new Map<number, Buffer[]>();
  for (let at = 0; at + 9 <= bytes.length;) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    const [type, stream] = [bytes[at + 3] ?? 0, bytes.readUInt32BE(at + 5)];
    if (type < 2) {
      const parts = streams.get(stream) ?? [];
      // The first block of a connection may say that no table is used; which that is varies.
      const start = at + (type === 1 && bytes[at + 9] === 0x20 ? 10 : 9);
      parts.push(bytes.subarray(start, end));
      streams.set(stream, parts);
    }
    at = end;
  }
  return [...streams].sort(([a], [b]) => a - b)
    .map(([stream, parts]) => `${stream}: ${Buffer.concat(parts).toString("hex")}`).join("\n");
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "100000" },
    },
  });
  const tally = await fuzzTransport({ seed: Number(values.seed), count: Number(values.count) });
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(tally)}\n`));
}

if (import.meta.main) await main(Deno.args);
