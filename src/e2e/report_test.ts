import { assertEquals } from "@std/assert";
import { Report } from "./report.ts";

Deno.test("check() tells what passed and what was wrong, and goes on", async () => {
  const lines: string[] = [];
  const report = new Report((line) => lines.push(line.replace(/\d+\.\d s/, "0.0 s")));
  const outcomes = [
    await report.check("a", () => Promise.resolve("2 Pods")),
    await report.check("b", () => Promise.reject(new Error("one\ntwo"))),
    await report.check("c", () => Promise.resolve()),
  ];
  assertEquals(outcomes, [true, false, true]);
  assertEquals(lines, [
    "ok    a: 2 Pods (0.0 s)",
    "FAIL  b (0.0 s)\n      one\n      two",
    "ok    c (0.0 s)",
  ]);
  assertEquals([report.failed, report.summary], [1, "2 passed, 1 failed"]);
});
