import { assertEquals } from "@std/assert";
import { choicesOf } from "./choices.ts";

const texts = (found: readonly { text: string }[]) => found.map(({ text }) => text);

Deno.test("choicesOf() takes what the regular expression takes, each once", () => {
  const cases: [string, string[]][] = [
    ["", ["web-1", "web-2", "db-1"]],
    ["/^web/", ["web-1", "web-2"]],
    ["/(\\w+)-\\d/", ["web", "db"]],
    ["/WEB-(.*)/i", ["1", "2"]],
    ["db.*", ["db-1"]],
  ];
  for (const [regex, found] of cases) {
    assertEquals(texts(choicesOf(["web-1", "web-2", "db-1", "web-1"], regex)), found);
  }
  assertEquals(choicesOf(["name=a,id=1"], "/name=(?<text>\\w+),id=(?<value>\\d)/"), [
    { text: "a", value: "1" },
  ]);
});

Deno.test("choicesOf() sorts as Grafana numbers it", () => {
  const found = ["b10", "a2", "C1", "b9"];
  const cases: [number, string[]][] = [
    [0, ["b10", "a2", "C1", "b9"]],
    [1, ["C1", "a2", "b10", "b9"]],
    [2, ["b9", "b10", "a2", "C1"]],
    [3, ["C1", "a2", "b9", "b10"]],
    [4, ["b10", "b9", "a2", "C1"]],
    [5, ["a2", "b10", "b9", "C1"]],
    [7, ["a2", "b9", "b10", "C1"]],
  ];
  for (const [sort, sorted] of cases) assertEquals(texts(choicesOf(found, "", sort)), sorted);
});
