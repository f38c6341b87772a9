import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Command, type LoadCommand, parseScript } from "./script.ts";
import { ScriptError } from "./script_error.ts";

function only(script: string): Command {
  const commands = parseScript(script);
  assertEquals(commands.length, 1);
  const [command] = commands;
  assert(command !== undefined);
  return command;
}

Deno.test("parseScript() separates commands by blank lines and comments", () => {
  const commands = parseScript(`
    # what comes
    clear
    load 5m
      up 1 2
    # the load ends here
    eval instant at 5m up
      up 2

    eval range from 0 to 10m step 5m up
      up 1 2 2
  `);
  assertEquals(commands.map(({ kind, line }) => [kind, line]), [
    ["clear", 3],
    ["load", 4],
    ["eval", 7],
    ["eval", 10],
  ]);
});

Deno.test("parseScript() puts start timestamps to the samples below them", () => {
  const load = only("load_with_nhcb 1m\n a@st _ -30s+10sx1 -1m\n a 1x2 _\n b 1") as LoadCommand;
  assertEquals(load.step, 60_000);
  assert(load.withCustomBuckets);
  assertEquals(load.series.map(({ starts }) => starts), [
    [undefined, -30_000, -20_000, -60_000],
    undefined,
  ]);
});

Deno.test("parseScript() gives what it cannot read as broken, with the line", () => {
  const cases: Record<string, [line: number, reason: string]> = {
    "load 5m\n a 1\n b one": [3, "'one' is no value"],
    "load soon\n a 1": [1, "is no duration"],
    "load 5m\n a@st 1m\n b 1": [3, "start timestamps of a come before b"],
    "load 5m\n a@st 1m 1m\n a 1": [3, "has 1 values and 2 start timestamps"],
    "load 5m\n a@st 1m": [1, "has no samples"],
    "eval instant up": [1, "expected 'eval instant"],
    "eval instant at noon up": [1, "is no duration"],
    "eval range from 5m to 0 step 1m up": [1, "before its start"],
    "eval instant at 0 up\n expect nothing": [2, "expected such as 'expect warn"],
    "eval instant at 0 up\n expect fail regex: (": [2, "no regular expression"],
  };
  for (const [script, [line, reason]] of Object.entries(cases)) {
    const command = only(script);
    assert(command.kind === "broken", script);
    assertEquals(command.line, line, script);
    assert(command.reason.includes(reason), `${script}: ${command.reason}`);
  }
});

Deno.test("parseScript() refuses a line that is no command", () => {
  const error = assertThrows(() => parseScript("\nreload 5m"), ScriptError, "expected load");
  assertEquals(error.line, 2);
});
