import { assertEquals } from "@std/assert";
import { LabelPaths } from "./label_paths.ts";

Deno.test("LabelPaths.find() finds exactly the path that was remembered", () => {
  const paths = new LabelPaths<number>(10);
  paths.remember({ a: "1", b: "2" }, 12);
  paths.remember({ b: "2", a: "1" }, 21);
  assertEquals(paths.find({ a: "1", b: "2" }), 12);
  assertEquals(paths.find({ b: "2", a: "1" }), 21);
  assertEquals(paths.find({ a: "1" }), undefined);
  assertEquals(paths.find({ a: "1", c: "2" }), undefined);
  assertEquals(paths.find({ a: "1", b: "2", c: "3" }), undefined);
  assertEquals(paths.find({}), undefined);
});

Deno.test("LabelPaths.remember() stops at its limit and keeps what it has", () => {
  const paths = new LabelPaths<number>(2);
  paths.remember({}, 0);
  paths.remember({ a: "1" }, 1);
  paths.remember({ a: "2" }, 2);
  assertEquals([{}, { a: "1" }, { a: "2" }].map((labels) => paths.find(labels)), [0, 1, undefined]);
});

Deno.test("LabelPaths.clear() forgets and makes room", () => {
  const paths = new LabelPaths<number>(1);
  paths.remember({ a: "1" }, 1);
  paths.clear();
  assertEquals(paths.find({ a: "1" }), undefined);
  paths.remember({ a: "2" }, 2);
  assertEquals(paths.find({ a: "2" }), 2);
});
