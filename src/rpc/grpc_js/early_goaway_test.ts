import { assertEquals, assertStringIncludes } from "@std/assert";
import { runEchoscope } from "../../testing/echoscope.ts";
import { testWith } from "../../testing/permissions.ts";

/** SETTINGS, and GOAWAY of no stream and without an error. */
const SETTINGS_AND_GOAWAY = Uint8Array.of(
  ...[0, 0, 0, 4, 0, 0, 0, 0, 0],
  ...[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
);

testWith(
  ["net", "run", "read", "write", "env"],
  "connectRpc() gives up on a server that says goodbye as it greets, in its own time",
  async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    let connections = 0;
    const serve = async () => {
      for await (const connection of listener) {
        connections++;
        await connection.write(SETTINGS_AND_GOAWAY).catch(() => {});
        void connection.readable.pipeTo(new WritableStream()).catch(() => {});
      }
    };
    const serving = serve();
    const { port } = listener.addr as Deno.NetAddr;
    // Where the fault is, the client is deaf to its deadline, and to all but SIGKILL.
    const { code, stdout } = await runEchoscope(
      ["client", "--count=3", "--interval=50ms", "--deadline=500ms", `--port=${port}`],
    );
    assertEquals(code, 1);
    assertStringIncludes(stdout, "3 calls in");
    listener.close();
    await serving;
    assertEquals(connections > 0 && connections < 100, true, `${connections} connections`);
  },
);
