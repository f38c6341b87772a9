import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { type ConfigOf, option, readConfig, UsageError } from "./config.ts";
import { COMMANDS } from "./run.ts";
import { RUNTIME_VARIABLES } from "./tracing.ts";
import { duration, host, integer, listOf, port, toggle } from "./value.ts";

const options = {
  host: option({ flag: "host", env: "SERVER_HOST", value: host, default: "0.0.0.0", help: "" }),
  port: option({ flag: "port", env: "SERVER_PORT", value: port, default: 20000, help: "" }),
  wait: option({ flag: "drain-delay", value: duration(0, 60_000), default: 0, help: "" }),
  quiet: option({ flag: "quiet", value: toggle, default: false, help: "" }),
};

const lists = {
  number: option({
    flag: "number",
    env: "NUMBERS",
    value: listOf(integer(1, 9)),
    default: [7],
    help: "",
  }),
};

function readNumbers(args: string[], env: Record<string, string> = {}): readonly number[] {
  return readConfig(lists, args, (name) => env[name]).number;
}

function read(args: string[], env: Record<string, string> = {}): ConfigOf<typeof options> {
  return readConfig(options, args, (name) => env[name]);
}

function problems(args: string[], env: Record<string, string> = {}): string[] {
  return assertThrows(() => read(args, env), UsageError).message.split("\n");
}

Deno.test("readConfig() takes flags before variables, variables before defaults", () => {
  assertEquals(read([]), { host: "0.0.0.0", port: 20000, wait: 0, quiet: false });
  assertEquals(read([], { SERVER_PORT: "1" }).port, 1);
  assertEquals(read(["--port", "2"], { SERVER_PORT: "1" }).port, 2);
  assertEquals(read(["--port=3", "--quiet"]), { host: "0.0.0.0", port: 3, wait: 0, quiet: true });
});

Deno.test("readConfig() takes an empty variable for one that is not set", () => {
  assertEquals(read([], { SERVER_PORT: "" }).port, 20000);
});

Deno.test("readConfig() takes the last of a flag given twice", () => {
  assertEquals(read(["--port", "1", "--port", "2"]).port, 2);
});

Deno.test("readConfig() takes every value of a flag that may be given several times", () => {
  assertEquals(readNumbers(["--number=1", "--number", "2,3", "--number=4"]), [1, 2, 3, 4]);
  assertEquals(readNumbers([], { NUMBERS: "5,6" }), [5, 6]);
  assertEquals(readNumbers(["--number=1"], { NUMBERS: "5,6" }), [1], "flags win as a whole");
  assertEquals(readNumbers([]), [7]);
});

Deno.test("readConfig() reports the whole of a list where one of its values is bad", () => {
  assertEquals(
    assertThrows(() => readNumbers(["--number=1", "--number=x"]), UsageError).message,
    "--number (NUMBERS) must be an integer from 1 to 9; several with commas between, but is '1,x'",
  );
});

Deno.test("readConfig() ignores a bad variable that a flag overrides", () => {
  assertEquals(read(["--port", "2"], { SERVER_PORT: "http" }).port, 2);
});

Deno.test("readConfig() reports every problem at once: flag, variable, value, what is allowed", () => {
  assertEquals(problems(["--drain-delay", "soon"], { SERVER_PORT: "http", SERVER_HOST: "a b" }), [
    "--host (SERVER_HOST) must be a host name or an IP address, but is 'a b'",
    "--port (SERVER_PORT) must be an integer from 0 to 65535, but is 'http'",
    "--drain-delay must be a time from 0 to 1m, such as 500ms, 2s or 1m30s, but is 'soon'",
  ]);
});

Deno.test("readConfig() suggests the flag that was meant, and none when nothing is near", () => {
  assertEquals(problems(["--prot", "1"]), ["--prot is not a flag; did you mean --port?"]);
  assertEquals(problems(["--zebra"])[0], "--zebra is not a flag");
});

Deno.test("readConfig() refuses a flag without its value, and words that belong to nothing", () => {
  assertEquals(problems(["--port"]), ["--port needs a value"]);
  assertEquals(problems(["--port", "--quiet"])[0], "--port needs a value");
  assertEquals(problems(["now"]), ["'now' is not expected here"]);
  assertEquals(
    problems(["--quiet=perhaps"])[0],
    "--quiet must be 'true' or 'false', but is 'perhaps'",
  );
});

Deno.test("readConfig() passes a negative number to the check of its value", () => {
  assertStringIncludes(problems(["--port=-1"])[0] ?? "", "but is '-1'");
});

Deno.test("the environment permission in deno.json names exactly the variables that commands read", () => {
  const read = COMMANDS.flatMap(({ options }) => Object.values(options)).flatMap(({ env }) =>
    env ?? []
  );
  assertEquals(
    [...new Set([...read, ...RUNTIME_VARIABLES])].sort(),
    [...manifest.permissions.serve.env.allow].sort(),
  );
});
