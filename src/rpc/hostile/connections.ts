/**
 * Connections that do not do what connections do: silent, broken off, reset, and very many.
 *
 * @module
 */
import { connect } from "node:net";
import { once } from "node:events";
import { SeededRandom } from "../../testing/fuzz.ts";
import { frame, goaway } from "../../testing/http2.ts";
import { ANSWERS, type Attack } from "./attack.ts";
import {
  Attacker,
  bigCall,
  FIELDS,
  greeting,
  open,
  smallCall,
  streamOf,
  times,
  Type,
  uint32,
} from "./attacker.ts";
import type { Victim, Witness } from "./victim.ts";

const CANCEL = uint32(8);

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

/** Connections that wait to be accepted at the same time; a system keeps no more than some hundreds. */
const BACKLOG = 100;

/** Connects and resets, `BACKLOG` at a time; where before the server accepts, while that stands still. */
function resetAtOnce(rounds: number, beforeAccept: boolean): Attack["run"] {
  return async ({ port, pid }, witness) => {
    for (let round = 0; round < rounds; round++) {
      if (beforeAccept) Deno.kill(pid, "SIGSTOP");
      try {
        const connecting = Array.from({ length: BACKLOG }, async () => {
          const socket = connect(port, "127.0.0.1");
          socket.on("error", () => {});
          await once(socket, "connect");
          return socket;
        });
        const sockets = await Promise.all(connecting);
        const closed = sockets.map((socket) => once(socket, "close"));
        // With SO_LINGER 0, which sends RST.
        for (const socket of sockets) socket.resetAndDestroy();
        await Promise.all(closed);
      } finally {
        if (beforeAccept) Deno.kill(pid, "SIGCONT");
      }
      await witness.answered(1);
    }
    await witness.answered(ANSWERS);
  };
}

/** How a connection with calls under way can end; each is sent after the calls. */
const ENDINGS: readonly ((calls: number) => number[])[] = [
  () => [],
  () => goaway(0),
  () => goaway(2),
  (calls) => [...times(calls, (index) => frame(Type.RST_STREAM, 0, streamOf(index), CANCEL))],
  () => frame(Type.RST_STREAM, 0, 1, CANCEL),
  (calls) => open(calls).slice(0, 20),
  (calls) => frame(Type.HEADERS, 0, streamOf(calls), [...FIELDS]),
  (calls) => frame(Type.DATA, 0, streamOf(calls + 5), [1, 2, 3]),
  () => frame(Type.WINDOW_UPDATE, 0, 0, uint32(2 ** 31 - 1)),
  () => Array.from({ length: 50 }, (_, index) => index),
];

/** Connections with calls that end in one way or another, most of them while they are answered. */
async function endAnyhow({ port }: Victim, witness: Witness): Promise<void> {
  const random = new SeededRandom(1);
  for (let round = 0; round < 300; round++) {
    const calls = random.pick([1, 2, 5, 20, 60]);
    const begin = times(calls, random.below(4) === 0 ? bigCall : smallCall);
    await using attacker = await Attacker.connect(port, { reads: random.below(2) === 0 });
    await attacker.send(begin);
    for (let turns = random.below(3); turns > 0; turns--) await witness.answered(1);
    await attacker.send(Uint8Array.from(random.pick(ENDINGS)(calls)));
  }
  await witness.answered(ANSWERS);
}

/** Every misbehaviour of connections. */
export const CONNECTIONS: readonly Attack[] = [
  { title: "connections that say nothing", run: hold(300, []) },
  { title: "connections that stop within the preface", run: hold(300, greeting().slice(0, 10)) },
  {
    title: "connections that stop within a frame",
    run: hold(300, [...greeting(), ...open(0).slice(0, 20)]),
  },
  { title: "connections that speak HTTP/1.1", run: hold(100, text("GET / HTTP/1.1\r\n\r\n")) },
  { title: "connections that speak nonsense", run: hold(100, text("\0\xff".repeat(500))) },
  {
    title: "2,000 connections that are reset before they are accepted",
    run: resetAtOnce(20, true),
  },
  { title: "3,000 connections that are reset at once", run: resetAtOnce(30, false) },
  { title: "connections that end in any way while calls run", run: endAnyhow },
  { title: "2,000 connections that are idle", run: hold(2000, greeting()) },
];

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
