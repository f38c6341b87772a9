/**
 * Manifests and program agree, as far as it shows without a cluster; `src/e2e` does the rest.
 *
 * @module
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import { loadAll } from "js-yaml";
import { type ConfigOf, type Options, readConfig } from "../cli/config.ts";
import { clientOptions, serviceOptions } from "../cli/options.ts";
import { implementation } from "../echo/implementation.ts";
import { testWith } from "./permissions.ts";

const FOLDER = new URL("../../k8s/", import.meta.url);

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: { readonly requests?: object; readonly limits?: object };
  readonly securityContext?: object;
  readonly readinessProbe?: { readonly grpc?: { readonly service?: string } };
}

interface PodSpec {
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly Container[];
}

/** Any object; only what is read below. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly template?: { readonly spec: PodSpec };
    readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: PodSpec } } };
    readonly ports?: readonly { readonly port: number }[];
  };
}

async function manifestsIn(folder: URL): Promise<Manifest[]> {
  const found: Manifest[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) found.push(...await manifestsIn(path));
    if (name.endsWith(".yaml")) found.push(...loadAll(await Deno.readTextFile(path)) as Manifest[]);
  }
  return found;
}

async function one(kind: string, name: string): Promise<NonNullable<Manifest["spec"]>> {
  const all = await manifestsIn(new URL("base/", FOLDER));
  const spec = all.find((each) => each.kind === kind && each.metadata.name === name)?.spec;
  assert(spec, `there is no ${kind} '${name}'`);
  return spec;
}

/** What a container is configured to, as the program reads it. */
function configOf<O extends Options>({ args = [], env = [] }: Container, options: O): ConfigOf<O> {
  const values = new Map(env.map(({ name, value }) => [name, value]));
  return readConfig(options, args.slice(1), (name) => values.get(name));
}

async function podOf(kind: string, name: string): Promise<PodSpec & { readonly first: Container }> {
  const { template, jobTemplate } = await one(kind, name);
  const pod = (template ?? jobTemplate?.spec.template)?.spec;
  const first = pod?.containers[0];
  assert(pod && first);
  return { ...pod, first };
}

testWith(["read"], "k8s/ sets no variable of ours that the program does not read", async () => {
  const known = new Set(
    [...Object.values(serviceOptions), ...Object.values(clientOptions)].map(({ env }) => env),
  );
  const unknown: string[] = [];
  for (const { spec } of await manifestsIn(FOLDER)) {
    const pod = (spec?.template ?? spec?.jobTemplate?.spec.template)?.spec;
    for (const { name: container, env = [] } of pod?.containers ?? []) {
      if (container !== "server" && container !== "client") continue;
      unknown.push(...env.map(({ name }) => name).filter((name) => !known.has(name)));
    }
  }
  assertEquals(unknown, []);
});

testWith(["read"], "the Deployment gives the server the time that it takes to drain", async () => {
  const { first, terminationGracePeriodSeconds = 30 } = await podOf("Deployment", "server");
  const { drainDelay, drainTimeout } = configOf(first, serviceOptions);
  // A second to close connections, and some to spare.
  assertLess((drainDelay + drainTimeout) / 1000 + 5, terminationGracePeriodSeconds);
});

testWith(["read"], "the readiness probe asks for the service that is served", async () => {
  const { first } = await podOf("Deployment", "server");
  assertEquals(first.readinessProbe?.grpc?.service, implementation.service.name);
});

testWith(["read"], "the CronJob calls the Service, for less than a minute", async () => {
  const { first } = await podOf("CronJob", "client");
  const { host, port, duration } = configOf(first, clientOptions);
  assertEquals([port], (await one("Service", host)).ports?.map((each) => each.port));
  assertLess(duration, 60_000);
});

testWith(["read"], "every container of k8s/ is restricted and says what it needs", async () => {
  let count = 0;
  for (const { kind, metadata, spec } of await manifestsIn(FOLDER)) {
    const pod = (spec?.template ?? spec?.jobTemplate?.spec.template)?.spec;
    // Patches say only what they change.
    for (const container of (pod?.containers ?? []).filter((each) => "image" in each)) {
      count++;
      const where = `${kind} ${metadata.name}`;
      assertEquals(container.securityContext, {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      }, where);
      const { requests = {}, limits = {} } = container.resources ?? {};
      assertEquals(
        [Object.keys(requests), Object.keys(limits)],
        [["cpu", "memory"], ["memory"]],
        where,
      );
    }
  }
  assertEquals(count, 4);
});
