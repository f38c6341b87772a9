/**
 * Clients that are slow: they send a byte now and then, or take one.
 *
 * @module
 */
import { assertGreaterOrEqual } from "@std/assert";
import { END_HEADERS, frame } from "../../testing/http2.ts";
import { ANSWERS, type Attack } from "./attack.ts";
import { Attacker, FIELDS, greeting, open, streamOf, times, Type, uint32 } from "./attacker.ts";
import type { Victim } from "./victim.ts";

/** Connections that send slowly. */
const COUNT = 50;

/** Connections that take slowly: few, since each may hold so much of replies that 20 exceed all limits. */
const TAKERS = 8;

/** `grpc-timeout: 300m`. */
const TIMEOUT = [0, 12, ...text("grpc-timeout"), 4, ...text("300m")];

/** HEADERS of a call that has 300 ms. */
function openInTime(index: number): number[] {
  return frame(Type.HEADERS, END_HEADERS, streamOf(index), [...FIELDS, ...TIMEOUT]);
}

/** A call with a deadline whose reply of 4,000,000 bytes no buffer of a system takes as a whole. */
function bigCallInTime(index: number): number[] {
  const body = [0, ...uint32(5), 0x10, 0x80, 0x92, 0xf4, 0x01];
  return [...openInTime(index), ...frame(Type.DATA, 1, streamOf(index), body)];
}

/** How many calls have ended for their deadlines. */
function late({ value }: Victim): Promise<number> {
  return value("grpc_server_handled_total", 'grpc_code="DEADLINE_EXCEEDED"');
}

/** Sends `bytes` one by one on all connections, an answer of the witness between two. */
function trickle(first: readonly number[], bytes: readonly number[]): Attack["run"] {
  return async ({ port }, witness) => {
    await using closing = new AsyncDisposableStack();
    const attackers: Attacker[] = [];
    for (let at = 0; at < COUNT; at++) {
      attackers.push(closing.use(await Attacker.connect(port, { first })));
    }
    for (const byte of bytes) {
      for (const attacker of attackers) await attacker.send(Uint8Array.of(byte));
      await witness.answered(1);
    }
    await witness.answered(ANSWERS);
  };
}

/** A call whose message comes a byte at a time ends when its deadline has passed. */
async function trickleBeyondDeadline(victim: Victim, witness: Parameters<Attack["run"]>[1]) {
  const before = await late(victim);
  const expected = before + COUNT;
  await using closing = new AsyncDisposableStack();
  const attackers: Attacker[] = [];
  const begun = [...greeting(), ...openInTime(0), ...frame(Type.DATA, 0, 1, [0, 0, 0, 1, 0])];
  for (let at = 0; at < COUNT; at++) {
    attackers.push(closing.use(await Attacker.connect(victim.port, { first: begun })));
  }
  const byte = Uint8Array.from(frame(Type.DATA, 0, 1, [65]));
  while (await late(victim) < expected) {
    for (const attacker of attackers) await attacker.send(byte);
    await witness.answered(1);
  }
  await witness.answered(ANSWERS);
  assertGreaterOrEqual(await late(victim), expected, "calls end at their deadlines");
}

/** Takes replies one byte at a time, or not at all: the calls end when their deadlines have passed. */
function takeBeyondDeadline(takesBytes: boolean): Attack["run"] {
  return async (victim, witness) => {
    const expected = await late(victim) + TAKERS;
    const connections: Deno.TcpConn[] = [];
    // Windows that hold nothing back: what is slow is the reading alone.
    const window = [0, 4, 0x7f, 0xff, 0xff, 0xff];
    const widened = frame(Type.WINDOW_UPDATE, 0, 0, uint32(2 ** 30));
    const first = Uint8Array.of(...greeting(window), ...widened, ...times(3, bigCallInTime));
    try {
      for (let at = 0; at < TAKERS; at++) {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port: victim.port });
        connections.push(connection);
        await connection.write(first);
      }
      const byte = new Uint8Array(1);
      while (await late(victim) < expected) {
        if (takesBytes) await Promise.all(connections.map((connection) => connection.read(byte)));
        await witness.answered(1);
      }
      await witness.answered(ANSWERS);
    } finally {
      for (const connection of connections) connection.close();
    }
  };
}

/** Every way to be slow. */
export const SLOW: readonly Attack[] = [
  {
    title: "HEADERS that come a byte at a time",
    run: trickle(greeting(), open(0)),
  },
  {
    title: "a preface that comes a byte at a time",
    run: trickle([], greeting()),
  },
  {
    title: "messages that come a byte at a time, with a deadline",
    run: trickleBeyondDeadline,
  },
  {
    title: "replies that are taken a byte at a time, with a deadline",
    nativeOnly: true,
    run: takeBeyondDeadline(true),
  },
  {
    title: "replies that are not taken, with a deadline",
    nativeOnly: true,
    run: takeBeyondDeadline(false),
  },
];

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
