/** The service as a process that is told to stop while it is called. */
import { assertEquals, assertGreater } from "@std/assert";
import { foo } from "../../echo/service.ts";
import { serveEchoscope } from "../../testing/echoscope.ts";
import { testWith } from "../../testing/permissions.ts";
import { testWithProgram } from "../../testing/programs.ts";
import { connectRpc } from "../client.ts";
import { NEVER_SENT } from "./load_fixture.ts";

const serve = () => serveEchoscope(["--transport=native"]);

testWith(
  ["run", "env", "read", "net"],
  "serve --transport=native loses no call at SIGTERM while another serves, without retries",
  async () => {
    await using first = await serve();
    await using second = await serve();
    const client = connectRpc(foo, {
      target: `ipv4:${first.rpc},${second.rpc}`,
      loadBalancing: "round_robin",
    });
    const busy = Promise.withResolvers<void>();
    const failures: unknown[] = [];
    let calls = 0;
    let going = true;

    async function callAll(): Promise<void> {
      while (going) {
        await client.methods.echo({ name: "x" }).catch((error) => failures.push(error));
        if (++calls > 1000) busy.resolve();
      }
    }

    const callers = Array.from({ length: 20 }, callAll);
    await busy.promise;
    first.signal("SIGTERM");
    assertEquals((await first.status).code, 0);
    going = false;
    await Promise.all(callers);
    client.close();
    assertEquals(failures, []);
  },
);

testWithProgram(
  "ghz",
  "serve --transport=native answers all calls of grpc-go that it has at SIGTERM",
  async (ghz) => {
    await using service = await serve();
    const calling = new Deno.Command(ghz, {
      args: [
        ...["--insecure", "--call", "foo.Foo/echo", "-d", '{"name":"ghz"}'],
        ...["-n", "200000", "-c", "50", "--connections", "4", "-O", "json", service.rpc],
      ],
      stderr: "null",
    }).output();
    const started = /^grpc_server_started_total\{.*grpc_method="echo".*\} (\d+)/m;
    for (let calls = 0; calls < 1000;) {
      const exposition = await (await fetch(`${service.http}/metrics`)).text();
      calls = Number(started.exec(exposition)?.[1]);
    }
    service.signal("SIGTERM");
    assertEquals((await service.status).code, 0);
    const { statusCodeDistribution, errorDistribution } = JSON.parse(
      new TextDecoder().decode((await calling).stdout),
    );
    assertGreater(statusCodeDistribution.OK, 999);
    const errors = Object.keys(errorDistribution);
    assertEquals(errors.filter((error) => !NEVER_SENT.test(error)), []);
  },
);
