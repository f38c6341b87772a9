/**
 * Our transport against grpc-js's and against grpc-go with Prometheus interceptors: throughput,
 * latency, CPU and memory, in turns in one run, since absolute figures of a noisy machine mean
 * little. Takes about five minutes; `deno task bench:transport [--rounds=5] [--only=TEXT]
 * [--v8-flags=FLAGS]`. Needs h2load, ghz and openssl; without Go there is no grpc-go.
 *
 * @module
 */
import {
  type TestAuthority,
  testAuthority,
  type TestIdentity,
} from "../../testing/certificates.ts";
import { findProgram } from "../../testing/programs.ts";
import { type Contender, echoscope, grpcGo } from "./contender.ts";
import { type Bodies, writeBodies } from "./load.ts";
import { type Measure, type Measured, MEMORY, SPEED } from "./measures.ts";
import { type Results, table } from "./table.ts";

function option(name: string): string | undefined {
  return Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

interface Setting {
  readonly contenders: readonly Contender[];
  readonly identity: TestIdentity;
  readonly bodies: Bodies;
}

/** Starts both processes of a contender. */
async function start(
  contender: Contender,
  { identity, bodies }: Setting,
  stack: AsyncDisposableStack,
): Promise<Measured> {
  const plain = stack.use(await contender.start());
  const tls = stack.use(await contender.start(identity));
  return { plain, tls, bodies };
}

async function measure(setting: Setting, rounds: number, only: string): Promise<Results> {
  const wanted = ({ name }: Measure) => name.includes(only);
  const results = new Map<Measure, Map<string, number[]>>();
  async function record(measure: Measure, name: string, server: Measured): Promise<void> {
    const row = results.get(measure) ?? new Map<string, number[]>();
    results.set(measure, row);
    row.set(name, [...row.get(name) ?? [], await measure.run(server)]);
  }
  if (SPEED.some(wanted)) {
    await using stack = new AsyncDisposableStack();
    const servers = new Map<string, Measured>();
    for (const contender of setting.contenders) {
      servers.set(contender.name, await start(contender, setting, stack));
    }
    for (const measure of SPEED.filter(wanted)) {
      for (let round = 0; round < rounds; round++) {
        for (const [name, server] of servers) await record(measure, name, server);
      }
    }
  }
  for (const contender of MEMORY.some(wanted) ? setting.contenders : []) {
    await using stack = new AsyncDisposableStack();
    const server = await start(contender, setting, stack);
    for (const measure of MEMORY.filter(wanted)) await record(measure, contender.name, server);
  }
  return results;
}

async function settingOf(authority: TestAuthority): Promise<Setting> {
  const { folder } = authority;
  const go = await grpcGo(folder);
  if (go === undefined) print("'go' is not on PATH: grpc-go is left out");
  const v8Flags = option("v8-flags");
  return {
    contenders: [
      echoscope("native", v8Flags),
      echoscope("grpc-js", v8Flags),
      ...go ? [go] : [],
    ],
    identity: await authority.issue("server"),
    bodies: await writeBodies(folder),
  };
}

if (import.meta.main) {
  await using authority = await testAuthority(findProgram("openssl") ?? "openssl");
  const setting = await settingOf(authority);
  const results = await measure(setting, Number(option("rounds") ?? 3), option("only") ?? "");
  print(table(results, setting.contenders.map(({ name }) => name)));
}
