import { assertEquals } from "@std/assert";
import { SIGNATURES } from "./signatures.ts";

Deno.test("SIGNATURES has arguments, results and what may be left out", () => {
  const cases = {
    rate: { arguments: ["matrix"], variadic: 0, returns: "vector", experimental: false },
    time: { arguments: [], variadic: 0, returns: "scalar", experimental: false },
    round: { arguments: ["vector", "scalar"], variadic: 1, returns: "vector", experimental: false },
    "label_join": {
      arguments: ["vector", "string", "string", "string"],
      variadic: -1,
      returns: "vector",
      experimental: false,
    },
    "histogram_quantiles": {
      arguments: ["vector", "string", "scalar", "scalar"],
      variadic: 9,
      returns: "vector",
      experimental: true,
    },
  };
  for (const [name, signature] of Object.entries(cases)) {
    assertEquals(SIGNATURES.get(name) as unknown, { name, ...signature });
  }
  assertEquals(SIGNATURES.size, 91);
});
