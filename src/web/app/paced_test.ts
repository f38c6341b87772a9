import { assertEquals } from "@std/assert";
import { forget, paced } from "./paced.ts";

Deno.test("paced() runs the latest work of each owner, one after the other", async () => {
  const done: string[] = [];
  const [a, b, c] = [{}, {}, {}];
  await new Promise<void>((resolve) => {
    paced(a, () => done.push("first of a"));
    paced(b, () => done.push("b"));
    paced(a, () => done.push("second of a"));
    paced(c, () => done.push("c"));
    forget(c);
    paced({}, resolve);
    assertEquals(done, []);
  });
  assertEquals(done, ["second of a", "b"]);
});
