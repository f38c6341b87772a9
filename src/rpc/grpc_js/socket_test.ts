import { assert, assertEquals, assertRejects } from "@std/assert";
import { Buffer } from "node:buffer";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { Duplex } from "node:stream";
import { testWith } from "../../testing/permissions.ts";
import { ListenError } from "../../net/listen_error.ts";
import { coalesceWrites, type ListenOptions, listenTcp } from "./socket.ts";

/** A duplex that records what is written to it, one entry for each write to the system. */
function recorder(options: { highWaterMark?: number } = {}) {
  const written: string[] = [];
  const accept: (() => void)[] = [];
  const ended = Promise.withResolvers<void>();
  const duplex = new Duplex({
    ...options,
    read() {},
    writev(chunks, done) {
      written.push(chunks.map(({ chunk }) => String(chunk)).join("|"));
      accept.push(done);
      if (this.listenerCount("held") === 0) accept.shift()?.();
    },
    final(done) {
      written.push("end");
      ended.resolve();
      done();
    },
  });
  return { socket: coalesceWrites(duplex), written, accept, ended: ended.promise };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits until what is written now has reached the system. */
async function flushed(): Promise<void> {
  for (let i = 0; i < 3; i++) await turn();
}

Deno.test("coalesceWrites() joins writes into one, in order", async () => {
  const { socket, written } = recorder();
  for (const chunk of ["headers", "message"]) socket.write(chunk);
  await turn();
  socket.write("trailers");
  assertEquals(written, [], "nothing yet");
  await flushed();
  socket.write("next");
  await flushed();
  assertEquals(written, ["headers|message|trailers", "next"]);
});

Deno.test("coalesceWrites() calls back for each write, in order", async () => {
  const { socket } = recorder();
  const done: string[] = [];
  socket.write("a", () => done.push("a"));
  socket.write("b", "utf8", () => done.push("b"));
  await flushed();
  assertEquals(done, ["a", "b"]);
});

Deno.test("coalesceWrites() ends after what was written, at once", async () => {
  const { socket, written, ended } = recorder();
  socket.write("a");
  socket.end("b");
  await ended;
  await flushed();
  assertEquals(written, ["a|b", "end"]);
});

Deno.test("coalesceWrites() hands over what was written before destroy()", async () => {
  const { socket, written } = recorder();
  socket.write("a");
  socket.write("b");
  socket.destroy();
  assertEquals(written, ["a|b"]);
  await flushed();
  assertEquals(written, ["a|b"]);
});

Deno.test("coalesceWrites() keeps back-pressure: false when full, then drain, and joins meanwhile", async () => {
  const { socket, written, accept } = recorder({ highWaterMark: 4 });
  socket.on("held", () => {});
  assertEquals(socket.write("1"), true);
  assertEquals(socket.write("234"), false);
  await flushed();
  assertEquals(socket.write("5"), false);
  await flushed();
  socket.write("6");
  await flushed();
  assertEquals(written, ["1|234"], "the system has not taken these yet");
  const drained = once(socket, "drain");
  accept.shift()?.();
  await flushed();
  assertEquals(written, ["1|234", "5|6"]);
  accept.shift()?.();
  await drained;
});

Deno.test("coalesceWrites() fails what was pending when destroyed with a write under way", async () => {
  const { socket, written, accept } = recorder();
  socket.on("held", () => {});
  socket.write("under way");
  await flushed();
  const failed = new Promise<unknown>((resolve) => socket.write("pending", resolve));
  socket.destroy();
  accept.shift()?.();
  assert(await failed instanceof Error);
  assertEquals(written, ["under way"]);
});

Deno.test("coalesceWrites() destroys a socket whose peer does not read", async () => {
  const duplex = new Duplex({ read() {}, writev() {} });
  const socket = coalesceWrites(duplex, { maxPendingBytes: 10 });
  const failure = once(socket, "error");
  socket.write("12345");
  assertEquals(socket.destroyed, false);
  socket.write("123456");
  assertEquals(socket.destroyed, true);
  assertEquals((await failure)[0].message.includes("11 bytes wait, limit is 10"), true);
});

function listen(options: Partial<ListenOptions> = {}): ReturnType<typeof listenTcp> {
  const nothing = () => {};
  return listenTcp({
    hostname: "127.0.0.1",
    port: 0,
    onConnection: nothing,
    onError: nothing,
    ...options,
  });
}

testWith(["net"], "listenTcp() hands over sockets, counts them, and closes", async () => {
  const listener = await listen({ onConnection: (socket) => socket.pipe(socket) });
  assertEquals(listener.address.hostname, "127.0.0.1");
  const client = connect(listener.address.port, "127.0.0.1");
  client.end("hello");
  let text = "";
  for await (const chunk of client) text += Buffer.from(chunk).toString();
  assertEquals(text, "hello");
  await listener.close();
  assertEquals(listener.connections(), 0);
});

testWith(["net"], "listenTcp() cuts the connections that keep it from closing", async () => {
  const accepted = Promise.withResolvers<Socket>();
  const listener = await listen({ onConnection: accepted.resolve });
  const client = connect(listener.address.port, "127.0.0.1").on("error", () => {}).resume();
  const gone = once(client, "close");
  await accepted.promise;
  assertEquals(listener.connections(), 1);
  const closed = listener.close();
  listener.destroyAll();
  await Promise.all([closed, gone]);
  assertEquals(listener.connections(), 0);
});

testWith(
  ["net"],
  "listenTcp() reports what onConnection throws, and cuts that connection",
  async () => {
    const reported = Promise.withResolvers<Error>();
    const listener = await listen({
      onConnection: () => {
        throw new Error("not today");
      },
      onError: reported.resolve,
    });
    const client = connect(listener.address.port, "127.0.0.1").on("error", () => {}).resume();
    await once(client, "close");
    assertEquals((await reported.promise).message, "not today");
    await listener.close();
  },
);

testWith(["net"], "listenTcp() shares a port where that is asked for", async () => {
  const first = await listen({ reusePort: true });
  const second = await listen({ reusePort: true, port: first.address.port });
  assertEquals(second.address.port, first.address.port);
  await Promise.all([first.close(), second.close()]);
});

testWith(["net"], "listenTcp() says that another process has the port", async () => {
  const first = await listen();
  const { port } = first.address;
  const error = await assertRejects(() => listen({ port }), ListenError);
  assertEquals(
    error.message,
    `Cannot listen on 127.0.0.1:${port}: another process has the port (EADDRINUSE)`,
  );
  assertEquals((error.cause as NodeJS.ErrnoException).code, "EADDRINUSE");
  await first.close();
});

for (
  const [hostname, port, code] of [
    ["nowhere.invalid", 0, "ENOTFOUND"],
    ["127.0.0.1", 70000, "URIError"],
  ] as const
) {
  testWith(["net"], `listenTcp() rejects with ${code} for ${hostname}:${port}`, async () => {
    const error = await assertRejects(() => listen({ hostname, port }), ListenError);
    assertEquals(error.code, code);
  });
}

Deno.test({
  name: "listenTcp() rejects where permission is missing",
  permissions: { net: false },
  async fn() {
    const error = await assertRejects(() => listen(), ListenError);
    assertEquals(error.code, "NotCapable");
  },
});
