import { assertEquals, assertRejects } from "@std/assert";
import { greeter, memoryLogger, withGreeter } from "../testing/greeter.ts";
import { testWith } from "../testing/permissions.ts";
import { connectRpc } from "./client.ts";
import { implement, serveRpc } from "./server.ts";
import { RpcError } from "./status.ts";

const hello = (request: { text: string }) => ({ text: `Hello ${request.text}!` });

testWith(["net", "env"], "connectRpc() reaches a server again after it was restarted", async () => {
  const serve = (port: number) =>
    serveRpc({
      services: [implement(greeter, { greet: hello })],
      hostname: "127.0.0.1",
      port,
      log: memoryLogger([]),
    });
  const first = await serve(0);
  const { port } = first.address;
  const client = connectRpc(greeter, { target: `127.0.0.1:${port}` });
  assertEquals((await client.methods.greet({ text: "one" })).text, "Hello one!");
  await first.close(1000);
  assertEquals(
    (await assertRejects(() => client.methods.greet({ text: "none" }), RpcError)).code,
    "UNAVAILABLE",
  );

  const second = await serve(port);
  const deadline = Date.now() + 20_000;
  let text: string | undefined;
  while (text === undefined && Date.now() < deadline) {
    text = await client.methods.greet({ text: "two" }, { timeoutMs: 1000 }).then(
      (reply) => reply.text,
      () => undefined,
    );
  }
  client.close();
  await second.close(1000);
  assertEquals(text, "Hello two!");
});

testWith(
  ["net", "env"],
  "connectRpc() makes no call whose signal is aborted already",
  () =>
    withGreeter(hello, async ({ client }) => {
      const error = await assertRejects(
        () => client.methods.greet({ text: "" }, { signal: AbortSignal.abort() }),
        RpcError,
      );
      assertEquals(error.code, "CANCELLED");
    }),
);

testWith(
  ["net", "env"],
  "connectRpc() rejects with DEADLINE_EXCEEDED when a reply does not come in time",
  () =>
    withGreeter(() => new Promise(() => {}), async ({ client }) => {
      const error = await assertRejects(
        () => client.methods.greet({ text: "" }, { timeoutMs: 30 }),
        RpcError,
      );
      assertEquals(error.code, "DEADLINE_EXCEEDED");
    }),
);
