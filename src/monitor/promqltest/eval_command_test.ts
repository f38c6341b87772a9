import { assert, assertEquals } from "@std/assert";
import { type EvalCommand, parseEval } from "./eval_command.ts";

function read(script: string): EvalCommand {
  return parseEval(script.split("\n").map((line, i) => ({ text: line.trim(), number: i + 1 })));
}

Deno.test("parseEval() reads the time, the query and the result", () => {
  const instant = read("eval instant at 1m sum(up) > 1\n {} 5");
  assertEquals([instant.query, instant.at], ["sum(up) > 1", { kind: "instant", time: 60_000 }]);
  assert(instant.result.kind === "series" && instant.result.series.length === 1);
  const range = read("eval range from 1m to 3m step 30s up\n up 1x4");
  const steps = { start: 60_000, end: 180_000, step: 30_000 };
  assertEquals(range.at, { kind: "range", steps });
  assert(range.result.kind === "series");
  assertEquals(range.result.steps, steps);
});

Deno.test("parseEval() knows scalars, strings and range vectors", () => {
  assertEquals(read("eval instant at 0 1+1\n 2").result, { kind: "scalar", value: 2 });
  assertEquals(read('eval instant at 0 "a"\n expect string "a b"').result, {
    kind: "string",
    value: "a b",
  });
  const { result } = read(
    "eval instant at 1m up[1m]\n expect range vector from 0 to 1m step 1m\n up 1 2",
  );
  assert(result.kind === "series");
  assertEquals(result.steps?.end, 60_000);
});

Deno.test("parseEval() reads what is expected of failures and annotations, old and new", () => {
  const old = read("eval_fail instant at 0 up\n expected_fail_message it broke");
  assert(old.failure?.matches("it broke") && !old.failure.matches("it broke again"));
  const pattern = read("eval_fail instant at 0 up\n expected_fail_regexp br.ke");
  assert(pattern.failure?.matches("it broke") && !pattern.failure.matches("it bent"));
  assert(read("eval instant at 0 up\n expect fail").failure?.matches("anything"));
  assertEquals(read("eval_warn instant at 0 up").warnings.length, 1);
  const both = read(
    "eval instant at 0 up\n expect warn msg: a b\n expect info regex: ^c\n expect ordered",
  );
  assert(both.warnings[0]?.matches("a b"));
  assert(both.infos[0]?.matches("cd") && !both.infos[0].matches("dc"));
  assert(both.isOrdered && both.allowsWarnings && both.failure === undefined);
  assert(!read("eval instant at 0 up\n expect no_warn").allowsWarnings);
  assert(read("eval_ordered instant at 0 up").isOrdered);
});
