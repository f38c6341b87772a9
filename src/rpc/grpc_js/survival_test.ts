import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { attack, OPEN_AND_BREAK } from "../../testing/http2.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { callEcho, ending, startFixture } from "./http2_guard_fixture.ts";
import { isTransportError, surviveTransportErrors } from "./survival.ts";

const needs = ["net", "run", "env", "read"] as const;
testWith(
  needs,
  "surviveTransportErrors() is needed: a peer ends a bare process (the fault is still there)",
  async () => {
    await using child = await startFixture("guard");
    await attack(child.port, OPEN_AND_BREAK);
    assertEquals((await ending(child))?.code, 1, "if it lives, delete survival.ts");
    assertStringIncludes(await child.stderr, "The stream has been destroyed");
  },
);

testWith(needs, "surviveTransportErrors() keeps serving, and reports each error", async () => {
  await using child = await startFixture("guard", "survive");
  await attack(child.port, OPEN_AND_BREAK);
  assertStringIncludes(await child.line("survived: "), "ERR_HTTP2_INVALID_STREAM");
  assertEquals(await callEcho(child.port, "still there"), "still there");
});

testWith(needs, "surviveTransportErrors() lets a programming error end the process", async () => {
  await using child = await startFixture("guard", "survive", "throw");
  assertEquals((await child.status).code, 1);
  const stderr = await child.stderr;
  assertStringIncludes(stderr, "an ordinary programming error");
  assertStringIncludes(stderr, "failOnPurpose");
});

testWithProgram("h2spec", "surviveTransportErrors() outlives h2spec", async (h2spec) => {
  await using child = await startFixture("guard", "survive", "coalesce");
  const { stdout } = await new Deno.Command(h2spec, {
    args: ["-P", "/foo.Foo/echo", "-h", "127.0.0.1", "-p", `${child.port}`, "-o", "1"],
  }).output();
  const passed = Number(/(\d+) passed/.exec(new TextDecoder().decode(stdout))?.[1]);
  assert(passed > 120, `h2spec passed ${passed} cases`);
  assertEquals(await callEcho(child.port, "still there"), "still there");
});

function transportError(frames: readonly string[], code = "ERR_HTTP2_INVALID_STREAM"): Error {
  const error = Object.assign(new Error("The stream has been destroyed"), { code });
  error.stack = [`Error: ${error.message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

const http2 = "ServerHttp2Stream.respond (ext:deno_node/http2.ts:1:36655)";
const grpcJs = "Server.respond (file:///x/node_modules/@grpc/grpc-js/build/src/server.js:912:28)";
const loop = "processTicksAndRejections (ext:core/01_core.js:387:17)";

Deno.test("isTransportError() is true for what escapes from node:http2 through grpc-js", () => {
  assert(isTransportError(transportError([http2, grpcJs, loop])));
  assert(isTransportError(transportError([http2, loop])));
});

Deno.test("isTransportError() is true through our own wrappers of the session and the socket", () => {
  const wrapper = `receive (${new URL("http2_guard.ts", import.meta.url)}:108:15)`;
  assert(isTransportError(transportError([http2, wrapper, loop])));
});

Deno.test("isTransportError() is false where application code takes part", () => {
  const application = "echo (file:///x/src/echo/echo.ts:3:9)";
  assert(!isTransportError(transportError([http2, grpcJs, application, loop])));
  assert(!isTransportError(transportError([http2, grpcJs, `async ${application}`])));
});

Deno.test("isTransportError() is false for other errors", () => {
  assert(!isTransportError(transportError([http2, loop], "ERR_INVALID_ARG_TYPE")));
  assert(!isTransportError(transportError([loop])), "neither node:http2 nor grpc-js");
  assert(!isTransportError(transportError([])), "no stack");
  assert(!isTransportError("The stream has been destroyed"));
});

Deno.test("isTransportError() is true for an alert of TLS that nobody was left to hear", () => {
  const alert = "TCPWrap.t.onread (ext:deno_node/internal_binding/tls_wrap.ts:1:432)";
  assert(isTransportError(transportError([alert], "")));
  assert(isTransportError(transportError([alert, loop], "")));
  assert(!isTransportError(transportError([alert, "onAlert (file:///x/src/main.ts:3:9)"], "")));
});

Deno.test("isTransportError() takes a TypeError only from node:http2 itself", () => {
  const typeError = (...frames: string[]) =>
    Object.assign(new TypeError(), { stack: transportError(frames).stack });
  assert(isTransportError(typeError(http2, loop)));
  assert(!isTransportError(typeError(grpcJs, http2, loop)));
});

Deno.test("surviveTransportErrors() ends with its signal, and when disposed of", () => {
  const reported: Error[] = [];
  const onError = (error: Error) => reported.push(error);
  const error = transportError([http2, loop]);
  const dispatch = () =>
    globalThis.dispatchEvent(new ErrorEvent("error", { error, cancelable: true }));

  const controller = new AbortController();
  surviveTransportErrors({ onError, signal: controller.signal });
  assertEquals(dispatch(), false, "prevented");
  controller.abort();
  {
    using _survival = surviveTransportErrors({ onError });
    assertEquals(dispatch(), false, "prevented");
  }
  surviveTransportErrors({ onError, signal: AbortSignal.abort() });
  assertEquals(dispatch(), true, "left alone");
  assertEquals(reported, [error, error]);
});
