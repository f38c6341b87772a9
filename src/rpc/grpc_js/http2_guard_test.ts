import { assert, assertEquals } from "@std/assert";
import { attack, goaway } from "../../testing/http2.ts";
import { testWith } from "../../testing/permissions.ts";
import { guardHttp2 } from "./http2_guard.ts";
import { callEcho, ending, startFixture } from "./http2_guard_fixture.ts";

const NO_ERROR = 0;
const PROTOCOL_ERROR = 1;

/** MALLOC_PERTURB_ is glibc's; elsewhere the fault needs luck to show. */
function testOnGlibc(name: string, fn: () => Promise<void>): void {
  if (Deno.build.target.endsWith("linux-gnu")) testWith(["net", "run", "env", "read"], name, fn);
  else Deno.test({ name: `${name} (needs Linux with glibc)`, ignore: true, fn });
}

Deno.test("guardHttp2() knows the node:http2 of this Deno, and says the same twice", () => {
  assertEquals(guardHttp2(), "handle");
  assertEquals(guardHttp2(), "handle");
});

testOnGlibc(
  "guardHttp2() is needed: GOAWAY kills a bare server (the fault is still there)",
  async () => {
    await using child = await startFixture();
    await attack(child.port, goaway(NO_ERROR));
    const signal = (await ending(child))?.signal;
    assert(
      signal === "SIGABRT" || signal === "SIGSEGV",
      `expected an abort, found ${signal}: if node:http2 is repaired, delete http2_guard.ts`,
    );
  },
);

for (const [name, code] of Object.entries({ NO_ERROR, PROTOCOL_ERROR })) {
  testOnGlibc(`guardHttp2() keeps a server alive that is sent GOAWAY with ${name}`, async () => {
    await using child = await startFixture("guard");
    await child.line("guard: handle");
    for (let i = 0; i < 5; i++) await attack(child.port, goaway(code));
    assertEquals(await callEcho(child.port, "still there"), "still there");
  });
}
