/** Connections on which nothing happens: very many, and such as never begin. */
import { assertEquals, assertLess } from "@std/assert";
import { DebuggingRecorder, findMetric } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { memoryLogger } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { connectionLimits } from "../connection_limits.ts";
import { greeting } from "../hostile/attacker.ts";
import { startVictim } from "../hostile/victim.ts";
import { connectionFailures } from "../server.ts";
import { listenNative } from "./server.ts";

/** What is tried where a process may open so many files. */
const MANY = 10_000;
/** Files that this process and the server have open besides. */
const OTHER_FILES = 300;
/** Resident memory for each, with buffers of the system's allocator and all garbage: 29 KB were seen. */
const MAX_BYTES_EACH = 60_000;
/** What may stay in use afterwards: code, caches, and tables that grew. */
const MAX_KEPT_MEGABYTES = 5;

const { count, reason } = await howMany();

/** How many files a process may open decides how many connections there can be, at either end. */
async function howMany(): Promise<{ count: number; reason: string }> {
  if (Deno.permissions.querySync({ name: "run" }).state !== "granted") {
    return { count: MANY, reason: "" };
  }
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "ulimit -n"] }).output();
  const text = new TextDecoder().decode(stdout).trim();
  const limit = text === "unlimited" ? Infinity : Number(text);
  if (limit >= MANY + OTHER_FILES) return { count: MANY, reason: "" };
  return { count: limit - OTHER_FILES, reason: `: ulimit -n is ${limit}, wanted are ${MANY}` };
}

testWithProgram(
  "cat",
  `listenNative() holds ${count} idle connections in little memory, serves others, gives all back${reason}`,
  async () => {
    await using victim = await startVictim("native");
    const open = () => victim.value("grpc_server_connections");
    const witness = victim.witness();
    await witness.answered(100);
    const before = await victim.residentMegabytes();
    await witness.stop();
    const inUse = await victim.megabytesInUse();
    const second = victim.witness();
    await second.answered(1);

    const hello = Uint8Array.from(greeting());
    const connections: Deno.TcpConn[] = [];
    for (let at = 0; at < count; at++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: victim.port });
      connections.push(connection);
      await connection.write(hello);
    }
    while (await open() < count + 1);
    await second.answered(10);
    const bytesEach = (await victim.residentMegabytes() - before) * 1e6 / count;
    assertLess(bytesEach, MAX_BYTES_EACH, "bytes of memory for each");
    assertEquals(await open(), count + 1, "the idle and the witness");

    for (const connection of connections) connection.close();
    await second.answered(10);
    await second.stop();
    assertLess(await victim.megabytesInUse() - inUse, MAX_KEPT_MEGABYTES, "all is given back (MB)");
    const escaped = await victim.value("grpc_server_connection_errors_total", 'origin="escaped"');
    assertEquals(escaped, 0);
  },
);

const BEGINNINGS: Readonly<Record<string, Uint8Array>> = {
  "send nothing": new Uint8Array(),
  "stop within the preface": Uint8Array.from(greeting().slice(0, 20)),
  "stop before SETTINGS": Uint8Array.from(greeting().slice(0, 24)),
};

testWith(
  ["net"],
  "listenNative() cuts connections that do not begin, and counts them",
  async () => {
    const recorder = new DebuggingRecorder();
    const onConnectionError = withRecorder(recorder, () => connectionFailures(memoryLogger([])));
    let open = 0;
    const { address: { port }, close } = await withRecorder(recorder, () =>
      listenNative({
        hostname: "127.0.0.1",
        port: 0,
        maxReceiveMessageBytes: 1000,
        connections: connectionLimits({}),
        accept: () => {
          throw new Error("Nobody calls");
        },
        tls: undefined,
        onConnectionError,
        onConnections: (change) => open += change,
        limits: { greetingTimeoutMs: 50 },
      }));
    for (const [title, bytes] of Object.entries(BEGINNINGS)) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      if (bytes.length > 0) await connection.write(bytes);
      assertEquals(await untilClosed(connection), "closed", title);
    }
    // One that goes on a byte at a time gets no more time for it.
    using slow = await Deno.connect({ hostname: "127.0.0.1", port });
    const closed = untilClosed(slow);
    let isClosed = false;
    void closed.then(() => isClosed = true);
    for (let at = 0; at < 20 && !isClosed; at++) {
      await slow.write(Uint8Array.from(greeting().slice(at, at + 1))).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assertEquals(await closed, "closed");
    await close(0);
    assertEquals(open, 0);
    const name = "grpc_server_connection_errors_total";
    const { value } = findMetric(recorder.snapshot(), "counter", name, { origin: "socket" });
    assertEquals(value, Object.keys(BEGINNINGS).length + 1);
  },
);

async function untilClosed(connection: Deno.TcpConn): Promise<"closed"> {
  const buffer = new Uint8Array(1000);
  while (await connection.read(buffer).catch(() => null) !== null);
  return "closed";
}
