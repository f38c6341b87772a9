/**
 * The attacks: floods, bombs, and clients that are slow or silent.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { END_HEADERS, frame } from "../../testing/http2.ts";
import {
  Attacker,
  bigCall,
  FIELDS,
  greeting,
  open,
  setting,
  streamOf,
  times,
  Type,
  uint32,
} from "./attacker.ts";
import type { Victim, Witness } from "./victim.ts";

/** One attack. */
export interface Attack {
  readonly title: string;
  /** The label `reason` of `grpc_server_refused_total` under which `native` must count it. */
  readonly refused?: string;
  /** Resolves when all is sent and the witness has had answers since. */
  readonly run: (victim: Victim, witness: Witness) => Promise<void>;
}

/** Answers that the witness must get while an attack goes on. */
const ANSWERS = 5;

const SETTINGS_INITIAL_WINDOW_SIZE = 4;
const CANCEL = uint32(8);

/** Sends `bytes` on one connection, which then stays until the witness has had answers. */
function flood(...parts: readonly (() => Uint8Array)[]): Attack["run"] {
  return async ({ port }, witness) => {
    await using attacker = await Attacker.connect(port);
    for (const part of parts) await attacker.send(part());
    await witness.answered(ANSWERS);
  };
}

/** Opens `count` connections that send `first`, read or do not, and stay until the witness has had answers. */
function hold(count: number, first: readonly number[], reads = true): Attack["run"] {
  return async ({ port }, witness) => {
    await using closing = new AsyncDisposableStack();
    for (let opened = 0; opened < count; opened++) {
      closing.use(await Attacker.connect(port, { first, reads }));
    }
    await witness.answered(ANSWERS);
  };
}

/** Asks for 400 replies of 100,000 bytes on each of `count` connections and takes none. */
function takeNothing(count: number, first: () => number[], reads: boolean): Attack["run"] {
  return async ({ port }, witness) => {
    await using closing = new AsyncDisposableStack();
    for (let opened = 0; opened < count; opened++) {
      const attacker = closing.use(await Attacker.connect(port, { first: first(), reads }));
      await attacker.send(times(400, bigCall));
    }
    await witness.answered(ANSWERS);
  };
}

/** A field of 4 KB that stays in the dynamic table, and then 16,000 times that field. */
function bomb(index: number): number[] {
  const value = [0x7f, 0xdd, 0x1e, ...new Array<number>(4060).fill(97)];
  const entry = [0x40, 1, 98, ...value];
  const again = new Array<number>(16_000).fill(0xbe);
  const stream = streamOf(index);
  return [
    ...frame(Type.HEADERS, 0, stream, [...FIELDS, ...entry]),
    ...frame(Type.CONTINUATION, END_HEADERS, stream, again),
  ];
}

async function resetBeforeAccept({ port, pid }: Victim, witness: Witness): Promise<void> {
  Deno.kill(pid, "SIGSTOP");
  try {
    const sockets: Socket[] = [];
    for (let count = 0; count < 100; count++) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      sockets.push(socket);
    }
    const closed = sockets.map((socket) => once(socket, "close"));
    for (const socket of sockets) socket.resetAndDestroy();
    await Promise.all(closed);
  } finally {
    Deno.kill(pid, "SIGCONT");
  }
  await witness.answered(ANSWERS);
}

/** Every attack. */
export const ATTACKS: readonly Attack[] = [
  {
    title: "streams that are opened and reset at once (rapid reset)",
    refused: "resets",
    run: flood(() =>
      times(10_000, (index) => [
        ...open(index),
        ...frame(Type.RST_STREAM, 0, streamOf(index), CANCEL),
      ])
    ),
  },
  {
    title: "more streams than are allowed",
    refused: "streams",
    run: flood(() => times(3000, open)),
  },
  {
    title: "streams that make the server reset them",
    run: flood(() =>
      times(10_000, (index) => [
        ...open(index),
        // A window may not be raised by 0: a stream error.
        ...frame(Type.WINDOW_UPDATE, 0, streamOf(index), uint32(0)),
      ])
    ),
  },
  {
    title: "a field block that does not end (CONTINUATION)",
    refused: "headers",
    run: flood(
      () => times(1, () => frame(Type.HEADERS, 0, 1, [...FIELDS])),
      () => times(300, () => frame(Type.CONTINUATION, 0, 1, new Array<number>(16_000).fill(0x83))),
    ),
  },
  {
    title: "a field block that does not end and holds nothing",
    refused: "headers",
    run: flood(
      () => times(1, () => frame(Type.HEADERS, 0, 1, [...FIELDS])),
      () => times(50_000, () => frame(Type.CONTINUATION, 0, 1, [])),
    ),
  },
  {
    title: "fields that unpack to 64 MB (HPACK bomb)",
    refused: "headers",
    run: flood(() => times(20, bomb)),
  },
  {
    title: "pings",
    refused: "pings",
    run: flood(() => times(50_000, () => frame(Type.PING, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]))),
  },
  {
    title: "SETTINGS",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(Type.SETTINGS, 0, 0, []))),
  },
  {
    title: "PRIORITY",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(Type.PRIORITY, 0, 1, [0, 0, 0, 0, 1]))),
  },
  {
    title: "DATA that is empty",
    refused: "frames",
    run: flood(
      () => times(1, () => open(0)),
      () => times(50_000, () => frame(Type.DATA, 0, 1, [])),
    ),
  },
  {
    title: "frames of a type that nobody knows",
    refused: "frames",
    run: flood(() => times(50_000, () => frame(0xbe, 0, 0, []))),
  },
  {
    title: "big replies, no window for them",
    refused: "replies",
    run: takeNothing(2, () => greeting(setting(SETTINGS_INITIAL_WINDOW_SIZE, 0)), true),
  },
  {
    title: "big replies that are not read",
    refused: "replies",
    run: takeNothing(2, () => [
      ...greeting(setting(SETTINGS_INITIAL_WINDOW_SIZE, 2 ** 31 - 1)),
      ...frame(Type.WINDOW_UPDATE, 0, 0, uint32(2 ** 30)),
    ], false),
  },
  { title: "connections that say nothing", run: hold(300, []) },
  { title: "connections that stop within the preface", run: hold(300, greeting().slice(0, 10)) },
  {
    title: "connections that stop within a frame",
    run: hold(300, [...greeting(), ...open(0).slice(0, 20)]),
  },
  { title: "connections that speak HTTP/1.1", run: hold(100, text("GET / HTTP/1.1\r\n\r\n")) },
  { title: "connections that speak nonsense", run: hold(100, text("\0\xff".repeat(500))) },
  { title: "connections that are reset before they are accepted", run: resetBeforeAccept },
  { title: "2,000 connections that are idle", run: hold(2000, greeting()) },
];

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
