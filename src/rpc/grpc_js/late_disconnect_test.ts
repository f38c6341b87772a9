import { assertEquals } from "@std/assert";
import { goaway, HEADERS } from "../../testing/http2.ts";
import { acceptHttp2, replies } from "../../testing/http2_connection.ts";
import { HELLO } from "../../testing/outcomes.ts";
import { testWith } from "../../testing/permissions.ts";
import { talker, texts } from "../../testing/talker.ts";
import { connectRpc } from "../client.ts";

testWith(
  ["net", "env"],
  "connectRpc() loses no reply of a server that says goodbye behind the last one",
  async () => {
    const messages = new Array<Uint8Array>(50).fill(HELLO);
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const answer = async () => {
      using connection = await acceptHttp2(listener);
      const request = await connection.next(({ type }) => type === HEADERS);
      const stream = request?.stream ?? 0;
      await connection.send(replies(stream, messages), goaway(0, stream));
    };
    const answered = answer();
    const { port } = listener.addr as Deno.NetAddr;
    const client = connectRpc(talker, { target: `127.0.0.1:${port}` });
    try {
      const received = await texts(client.methods.repeat({ text: "" }));
      assertEquals(received, messages.map(() => "hello"));
    } finally {
      client.close();
      await answered;
    }
  },
);
