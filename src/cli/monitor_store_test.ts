import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../exporters/prometheus/prometheus_fixture.ts";
import { runEchoscope, serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { FREE_PORTS, temporaryFolder, untilFound, valuesOf } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;
const FILES = [...NEEDS, "write"] as const;

testWith(
  FILES,
  "serve --store keeps samples over a SIGTERM and a kill -9, torn or not",
  async (t) => {
    await using folder = await temporaryFolder();
    const store = `${folder.path}/store`;
    const args = [`--store=${store}`, "--scrape-interval=200ms"];
    const permissions = [`--allow-read=${folder.path}`, `--allow-write=${folder.path}`];
    const open = () => serveEchoscope(args, {}, { permissions });
    /** How many of earlier instances, each of which had a port of its own, are in a store. */
    const found = async (http: string, instances: readonly string[]) => {
      const names = await valuesOf(http, "last_over_time(up[1h])", "instance");
      return instances.filter((instance) => instance in names);
    };
    const hosts: string[] = [];

    await t.step("SIGTERM", async () => {
      await using service = await open();
      hosts.push(new URL(service.http).host);
      await untilFound(service.http, "up");
      service.signal("SIGTERM");
      assertEquals((await service.status).code, 0);
    });

    await t.step("a second process, then kill -9", async () => {
      await using service = await open();
      assertEquals(await found(service.http, hosts), hosts);
      const second = await runEchoscope(["serve", ...FREE_PORTS, ...args], {}, { permissions });
      assertEquals([second.code, second.stderr], [
        1,
        `echoscope serve: Cannot open the store in '${store}': ` +
        `another process uses it (process ${service.pid})\n`,
      ]);
      hosts.push(new URL(service.http).host);
      await untilFound(service.http, `up{instance="${hosts.at(-1)}"}`);
      await until(async () => {
        const bytes = (await logsOf(store)).at(-1)?.size ?? 0;
        return (await logsOf(store)).length > 1 && bytes > 0 ? true : undefined;
      }, { what: "the log to be written", deadline: 30_000 });
      service.signal("SIGKILL");
      await service.status;
    });

    await t.step("a torn tail", async () => {
      const log = (await logsOf(store)).at(-1);
      assert(log !== undefined);
      await Deno.truncate(log.path, log.size - 3);
      await using service = await open();
      assertEquals(await found(service.http, hosts), hosts);
      const { level, message } = JSON.parse(await service.stderr.find("were cut off"));
      assertEquals(level, "warn");
      assertStringIncludes(message, log.path);
    });
  },
);

async function logsOf(store: string): Promise<{ path: string; size: number }[]> {
  const names = (await Array.fromAsync(Deno.readDir(store))).map(({ name }) => name);
  return await Promise.all(
    names.filter((name) => name.startsWith("log-")).sort().map(async (name) => {
      const path = `${store}/${name}`;
      return { path, size: (await Deno.stat(path)).size };
    }),
  );
}

testWith(
  NEEDS,
  "serve says which folder may be a --store, and why another one cannot",
  async () => {
    const { code, stderr } = await runEchoscope(["serve", ...FREE_PORTS, "--store=/srv/samples"]);
    assertEquals([code, stderr], [
      1,
      "echoscope serve: Cannot open the store in '/srv/samples': the program may only use " +
      "/var/lib/echoscope, and from source what --allow-read and --allow-write name\n",
    ]);
  },
);
