import { assertEquals } from "@std/assert";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWithProgram } from "../testing/programs.ts";

async function output(program: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(code, 0, text(stdout) + text(stderr));
  return text(stdout);
}

testWithProgram("ghz", "every call of ghz, a client in Go, is answered with OK", async (ghz) => {
  await using service = await serveEchoscope();
  const report = JSON.parse(
    await output(ghz, [
      ...["--insecure", "--call", "foo.Foo/echo", "-d", '{"name":"ghz"}'],
      ...["-n", "2000", "-c", "20", "--connections", "4", "-O", "json", service.rpc],
    ]),
  );
  assertEquals(report.statusCodeDistribution, { OK: 2000 });
});

testWithProgram(
  "node",
  "grpc-js on Node gets a reply, and UNIMPLEMENTED for what is not served",
  async (node) => {
    const folder = await Deno.makeTempDir();
    try {
      const bundle = `${folder}/client.mjs`;
      const client = new URL("interop_node_client.ts", import.meta.url).pathname;
      await output(Deno.execPath(), ["bundle", "-q", "--no-check", "-o", bundle, client]);
      await using service = await serveEchoscope();
      assertEquals(JSON.parse(await output(node, [bundle, service.rpc])), [
        "Hello Node!",
        "UNIMPLEMENTED",
      ]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
