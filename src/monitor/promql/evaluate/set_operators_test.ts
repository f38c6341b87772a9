import { assertEquals } from "@std/assert";
import { ask, askRange } from "./query_fixture.ts";

const DATA = `
  up{host="1"} 1
  up{host="2"} 1
  down{host="2"} 5
  down{host="3"} 6
`;

for (
  const { query, expected } of [
    { query: "up and down", expected: ['up{host="2"} 1'] },
    { query: "up unless down", expected: ['up{host="1"} 1'] },
    { query: "up or down", expected: ['up{host="1"} 1', 'up{host="2"} 1', 'down{host="3"} 6'] },
    { query: "up and on() down", expected: ['up{host="1"} 1', 'up{host="2"} 1'] },
    { query: "up unless ignoring(host) down", expected: [] },
    { query: "up and none", expected: [] },
    { query: "none or up{host='1'}", expected: ['up{host="1"} 1'] },
  ]
) {
  Deno.test(`setOperation(): ${query}`, async () => {
    assertEquals(await ask(DATA, query, { at: 0 }), expected);
  });
}

Deno.test("setOperation() decides at each step", async () => {
  const data = `
    a 1 2 3 4
    b 1 stale 1 stale
  `;
  assertEquals(await askRange(data, "a and on() b", { to: 180 }), ["a 1@0 3@120"]);
  assertEquals(await askRange(data, "a unless on() b", { to: 180 }), ["a 2@60 4@180"]);
});

Deno.test("setOperation() joins what is the same series on both sides", async () => {
  assertEquals(await askRange("a 1 2 3 4", "a < 2 or a offset 1m", { to: 180 }), [
    "a 1@0 1@60 2@120 3@180",
  ]);
});
