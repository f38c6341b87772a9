import { assertEquals } from "@std/assert";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";

testWith(
  ["net", "run", "read", "env"],
  "serve ends though a client does not read its answer",
  async () => {
    await using service = await serveEchoscope();
    const { hostname, port } = new URL(service.http);
    using client = await Deno.connect({ hostname, port: Number(port) });
    // More than sockets hold back, asked for again and again on one connection, and never read.
    const request = "GET /dashboards/grpc.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(200);
    await client.write(new TextEncoder().encode(request));
    await client.read(new Uint8Array(1));
    service.signal("SIGTERM");
    assertEquals((await service.status).code, 0);
  },
);
