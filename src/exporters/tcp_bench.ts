/**
 * What recording costs with nobody listening, and what an event costs on its way to a client.
 *
 * @module
 */
import { EventType } from "./tcp/_decode.ts";
import { encodeMetric, encodeSeries, OPERATION } from "./tcp/event.ts";
import { TcpRecorder } from "./tcp/recorder.ts";
import { Transport } from "./tcp/transport.ts";

const LABELS = { "grpc_service": "foo.Foo", "grpc_method": "echo", "grpc_code": "OK" };
const NAME = "grpc_server_handled_total";
const AT = { seconds: 1_795_368_518, nanos: 141_852_786 };
const BATCH = 1000;

const transport = new Transport({
  bufferSize: 1024,
  maxClients: 1,
  clock: () => AT,
  onDrop: undefined,
});
const recorder = new TcpRecorder(transport);
const counter = recorder.registerCounter(NAME, LABELS);

Deno.bench("increment a kept handle, no client", { group: "no client", baseline: true }, () => {
  counter.increment();
});

Deno.bench("register and increment, no client", { group: "no client" }, () => {
  recorder.registerCounter(NAME, LABELS).increment();
});

const series = encodeSeries(NAME, LABELS);

Deno.bench("encode an event", { group: "encode", baseline: true }, () => {
  encodeMetric(series, OPERATION.incrementCounter, 1, AT);
});

Deno.bench("encode an event with protobufjs", { group: "encode" }, () => {
  EventType.encodeDelimited(EventType.create({
    metric: { name: NAME, timestamp: AT, labels: LABELS, incrementCounter: 1 },
  })).finish();
});

Deno.bench(`record, encode and queue ${BATCH} events`, { group: "client", n: 2000 }, async () => {
  for (let i = 0; i < BATCH; i++) connectedCounter.increment();
  await Promise.resolve();
});

/** A connection that takes everything at once, to leave the kernel out of the figure. */
const sink = {
  write: (bytes: Uint8Array) => Promise.resolve(bytes.length),
  read: () => new Promise<null>(() => {}),
  close: () => {},
  setNoDelay: () => {},
  setKeepAlive: () => {},
} as unknown as Deno.TcpConn;

const connected = new Transport({
  bufferSize: 1024,
  maxClients: 1,
  clock: () => AT,
  onDrop: undefined,
});
connected.add(sink, new Uint8Array());
const connectedCounter = new TcpRecorder(connected).registerCounter(NAME, LABELS);
