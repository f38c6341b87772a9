import { assertEquals } from "@std/assert";
import { startChild } from "../../testing/child.ts";
import { greeter } from "../../testing/greeter.ts";
import { testWith } from "../../testing/permissions.ts";
import { connectRpc } from "../client.ts";
import { reflection, type ReflectionRequest } from "./service.ts";

testWith(
  ["run", "env", "read", "write", "net"],
  "createReflection() answers from a bundle that may read no file",
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const script = new URL(`file://${folder}/bundle.js`);
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["bundle", "-q", "-o", script.pathname, "src/rpc/reflection/bundle_fixture.ts"],
        cwd: new URL("../../../", import.meta.url),
      }).output();
      assertEquals(success, true, new TextDecoder().decode(stderr));
      await using child = await startChild({
        script,
        permissions: ["--no-config", "--no-npm", "--allow-net=127.0.0.1", "--ignore-env"],
      });
      assertEquals(await symbolsFound(child.port, [greeter.name, reflection.name]), [true, true]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** Whether the server sends a file for each symbol. */
async function symbolsFound(port: number, symbols: readonly string[]): Promise<boolean[]> {
  async function* questions(): AsyncIterable<ReflectionRequest> {
    for (const symbol of symbols) yield await Promise.resolve({ file_containing_symbol: symbol });
  }
  const client = connectRpc(reflection, { target: `127.0.0.1:${port}` });
  try {
    const answers = await Array.fromAsync(client.methods.ServerReflectionInfo(questions()));
    return answers.map((one) => one.file_descriptor_response?.file_descriptor_proto.length === 1);
  } finally {
    client.close();
  }
}
