import { assertEquals, assertStrictEquals } from "@std/assert";
import { OpenStreams } from "./open_streams.ts";
import type { Stream } from "./stream.ts";

const streamOf = (id: number) => ({ id }) as Stream;

Deno.test("OpenStreams finds streams by number, and those alone", () => {
  const open = new OpenStreams();
  assertStrictEquals(open.get(1), undefined);
  const [first, last] = [streamOf(1), streamOf(2 ** 31 - 1)];
  open.add(first);
  open.add(last);
  assertStrictEquals(open.get(1), first);
  assertStrictEquals(open.get(2 ** 31 - 1), last);
  // It would have the place of the first.
  assertStrictEquals(open.get(513), undefined);
  open.delete(first);
  assertStrictEquals(open.get(1), undefined);
  assertEquals([...open], [last]);
  assertEquals(open.size, 1);
});

Deno.test("OpenStreams keeps a stream that lasts while thousands come and go", () => {
  const open = new OpenStreams();
  const lasting = [1, 3, 511, 1025].map(streamOf);
  lasting.forEach((stream) => open.add(stream));
  for (let id = 1027; id < 10_001; id += 2) {
    const stream = streamOf(id);
    open.add(stream);
    assertStrictEquals(open.get(id), stream);
    open.delete(stream);
    assertStrictEquals(open.get(id), undefined);
  }
  assertEquals(open.size, 4);
  for (const stream of lasting) assertStrictEquals(open.get(stream.id), stream);
  assertEquals([...open].map(({ id }) => id).sort((a, b) => a - b), [1, 3, 511, 1025]);
});

Deno.test("OpenStreams can be emptied while it is gone through", () => {
  const open = new OpenStreams();
  for (let id = 1; id < 2001; id += 2) open.add(streamOf(id));
  const seen: number[] = [];
  for (const stream of open) {
    seen.push(stream.id);
    open.delete(stream);
  }
  assertEquals(seen.length, 1000);
  assertEquals(new Set(seen).size, 1000);
  assertEquals([open.size, ...open], [0]);
});
