import { assertEquals, assertRejects } from "@std/assert";
import { SharedRequests } from "./shared_requests.ts";

Deno.test("SharedRequests lets so many run at a time, in the order of coming", async () => {
  const requests = new SharedRequests(2);
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const ask = (key: string) =>
    requests.ask(key, () => {
      started.push(key);
      return new Promise<string>((resolve) => finish.set(key, () => resolve(key)));
    }, undefined);
  const answers = ["a", "b", "c", "d"].map(ask);
  assertEquals(started, ["a", "b"]);
  finish.get("b")?.();
  assertEquals(await answers[1], "b");
  await Promise.resolve();
  assertEquals(started, ["a", "b", "c"]);
  finish.get("a")?.();
  await answers[0];
  await Promise.resolve();
  finish.get("c")?.();
  finish.get("d")?.();
  assertEquals(await Promise.all(answers), ["a", "b", "c", "d"]);
});

Deno.test("SharedRequests never starts what was given up in the queue, and goes on behind it", async () => {
  const requests = new SharedRequests(1);
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = requests.ask("first", () => promise, undefined);
  const abort = new AbortController();
  let started = false;
  const second = requests.ask("second", () => {
    started = true;
    return Promise.resolve("second");
  }, abort.signal);
  const third = requests.ask("third", () => Promise.resolve("third"), undefined);
  abort.abort(new Error("overtaken"));
  await assertRejects(() => second, Error, "overtaken");
  resolve("first");
  assertEquals([await first, await third, started], ["first", "third", false]);
});

Deno.test("SharedRequests goes on after a failure", async () => {
  const requests = new SharedRequests(1);
  const fail = () => Promise.reject(new Error("no"));
  await assertRejects(() => requests.ask("a", fail, undefined), Error, "no");
  assertEquals(await requests.ask("a", () => Promise.resolve(1), undefined), 1);
});
