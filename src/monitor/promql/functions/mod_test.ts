import { assertEquals } from "@std/assert";
import { FUNCTIONS } from "./mod.ts";
import { SIGNATURES } from "./signatures.ts";

Deno.test("FUNCTIONS has what the type check knows, and no more", () => {
  assertEquals([...FUNCTIONS.keys()].sort(), [...SIGNATURES.keys()].sort());
});
