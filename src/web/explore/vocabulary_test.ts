import { assertEquals } from "@std/assert";
import { clientOf } from "../data/client_fixture.ts";
import { contextAt } from "./context.ts";
import { Vocabulary } from "./vocabulary.ts";

const range = { from: 0, to: 60_000 };

Deno.test("Vocabulary suggests metrics with their type and help", async () => {
  const { client } = clientOf(({ path }) =>
    path === "metadata"
      ? { calls: [{ type: "histogram", help: "Calls.", unit: "" }] }
      : ["calls_bucket", "unknown"]
  );
  const found = await new Vocabulary(client).suggestions(contextAt("c", 1), range);
  assertEquals(found.slice(0, 2), [
    { kind: "metric", text: "calls_bucket", detail: "histogram", help: "Calls." },
    { kind: "metric", text: "unknown" },
  ]);
  assertEquals(found.some(({ text }) => text === "rate"), true);
});

Deno.test("Vocabulary suggests labels and values of the series that match, asked once", async () => {
  const { client, asked } = clientOf(({ path }) =>
    path === "labels" ? ["__name__", "job"] : ['a"b']
  );
  const vocabulary = new Vocabulary(client);
  const labels = await vocabulary.suggestions(contextAt("up{", 3), range);
  assertEquals(labels, [{ kind: "label", text: "job", insert: 'job=""', back: 1 }]);
  const query = 'up{pod="x", job="';
  for (let time = 0; time < 2; time++) {
    const values = await vocabulary.suggestions(contextAt(query, query.length), range);
    assertEquals(values, [{ kind: "value", text: 'a"b', insert: 'a\\"b' }]);
  }
  assertEquals(asked.map(({ path, parameters }) => [path, parameters.get("match[]")]), [
    ["labels", "up"],
    ["label/job/values", 'up{pod="x"}'],
  ]);
});

Deno.test("Vocabulary has the language where Prometheus cannot be asked, and asks again", async () => {
  const { client, asked } = clientOf(() => Promise.reject(new TypeError("gone")));
  const vocabulary = new Vocabulary(client);
  for (let time = 0; time < 2; time++) {
    const found = await vocabulary.suggestions(contextAt("s", 1), range);
    assertEquals(found.some(({ text }) => text === "sum"), true);
  }
  assertEquals(asked.filter(({ path }) => path.startsWith("label/")).length, 2);
});
