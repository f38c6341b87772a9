import { assertEquals, assertMatch } from "@std/assert";
import { spawnEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";

testWith(
  ["run", "env", "read", "net"],
  "start calls itself without errors, shows that, and ends with a tally",
  async () => {
    const ports = ["--port=0", "--metrics-port=0"];
    await using program = spawnEchoscope(["start", ...ports, "--interval=1ms"]);
    await program.stdout.find("calls 1  errors 0");
    program.signal("SIGINT");
    assertEquals((await program.status).code, 0);
    await program.stdout.ended;
    assertMatch(program.stdout.text, /\ncalls \d+ {2}errors 0 {2}p50 .* {2}p99 .*$/);
  },
);
