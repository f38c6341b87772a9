import { assert, assertEquals } from "@std/assert";
import { setImmediate as nextRound } from "node:timers/promises";
import { testWith } from "../testing/permissions.ts";
import { firstTurn, nextTurn, noteArrival } from "./turns.ts";

Deno.test("nextTurn() lets those who wait go on one after the other", async () => {
  const order: string[] = [];
  const work = async (name: string) => {
    for (let i = 0; i < 3; i++) {
      await nextTurn();
      order.push(name);
    }
  };
  await Promise.all([work("a"), work("b"), work("c")]);
  assertEquals(order.join(""), "abcabcabc");
});

Deno.test("firstTurn() lets one begin at once, and others after it", async () => {
  const order: string[] = [];
  const work = async (name: string) => {
    const turn = firstTurn();
    if (turn !== undefined) await turn;
    order.push(`${name} begins`);
    await nextTurn();
    order.push(`${name} goes on`);
  };
  const all = [work("a"), work("b")];
  assertEquals(order, ["a begins"]);
  await Promise.all(all);
  assertEquals(order, ["a begins", "a goes on", "b begins", "b goes on"]);
  assertEquals(firstTurn(), undefined, "whoever comes later begins at once");
  await nextRound();
});

Deno.test("nextTurn() gives work its turn though peers never fall silent", async () => {
  let isOver = false;
  let arrivals = 0;
  const peers = (async () => {
    while (!isOver) {
      noteArrival();
      arrivals++;
      await nextRound();
    }
  })();
  for (let i = 0; i < 5; i++) await nextTurn();
  isOver = true;
  await peers;
  assert(arrivals > 5);
});

testWith(["net"], "nextTurn() has sockets polled, so that an echo needs few turns", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    using peer = await listener.accept();
    const bytes = new Uint8Array(1);
    while (await peer.read(bytes) !== null) await peer.write(bytes);
  };
  const served = serve();
  const client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  let isAnswered = false;
  const echo = (async () => {
    await client.write(Uint8Array.of(1));
    await client.read(new Uint8Array(1));
    isAnswered = true;
  })();
  let turns = 0;
  for (; !isAnswered; turns++) await nextTurn();
  assert(turns < 20, `${turns} turns`);
  await echo;
  client.close();
  await served;
});
