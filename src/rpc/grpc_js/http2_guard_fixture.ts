/**
 * A bare grpc-js server for tests to attack in a child process, and what they attack it with.
 *
 * As a program it serves /foo.Foo/echo on 127.0.0.1, replying what it was sent. Its arguments:
 * `guard` for {@linkcode guardHttp2}, `survive` for {@linkcode surviveTransportErrors}, `coalesce`
 * to accept with {@linkcode listenTcp} instead of grpc-js, `throw` to fail from a timer.
 *
 * @module
 */
import { type Child, startChild } from "../../testing/child.ts";
import { grpc } from "./load.ts";
import { guardHttp2 } from "./http2_guard.ts";
import { listenTcp } from "./socket.ts";
import { surviveTransportErrors } from "./survival.ts";

const PATH = "/foo.Foo/echo";
const hostname = "127.0.0.1";
const asIs = (bytes: Uint8Array) => bytes as Buffer;

/** Starts this file as a child. What it frees is overwritten, so that use after free is fatal. */
export function startFixture(...args: string[]): Promise<Child> {
  return startChild({
    script: new URL(import.meta.url),
    permissions: [`--allow-net=${hostname}`, "--allow-env"],
    args,
    env: { MALLOC_PERTURB_: "165" },
  });
}

/** Calls the fixture and returns its reply; rejects when none comes within 10 seconds. */
export function callEcho(port: number, text: string): Promise<string> {
  guardHttp2();
  const client = new grpc.Client(`${hostname}:${port}`, grpc.credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const request = Buffer.from(text);
  const options = { deadline: Date.now() + 10_000 };
  client.makeUnaryRequest(PATH, asIs, asIs, request, options, (error, reply) => {
    if (error) reject(error);
    else resolve(new TextDecoder().decode(reply));
  });
  return promise.finally(() => client.close());
}

/** How `child` ended, or undefined where it lives and serves. */
export async function ending(child: Child): Promise<Deno.CommandStatus | undefined> {
  try {
    await callEcho(child.port, "are you there?");
    return undefined;
  } catch {
    return await child.status;
  }
}

async function serve(wanted: ReadonlySet<string>): Promise<void> {
  if (wanted.has("guard")) print(`guard: ${guardHttp2()}`);
  if (wanted.has("survive")) {
    surviveTransportErrors({ onError: (error) => print(`survived: ${error}`) });
  }
  function listening(port: number): void {
    print(`listening on ${port}`);
    if (wanted.has("throw")) setTimeout(failOnPurpose);
  }
  const server = new grpc.Server();
  server.register<Buffer, Buffer>(
    PATH,
    (call: { request: Buffer }, reply: (error: null, value: Buffer) => void) =>
      reply(null, call.request),
    asIs,
    asIs,
    "unary",
  );
  const credentials = grpc.ServerCredentials.createInsecure();
  if (wanted.has("coalesce")) {
    const injector = server.createConnectionInjector(credentials);
    const { address } = await listenTcp({
      hostname,
      port: 0,
      onConnection: (socket) => injector.injectConnection(socket),
      onError: (error) => print(`connection: ${error}`),
    });
    listening(address.port);
  } else {
    server.bindAsync(`${hostname}:0`, credentials, (error, port) => {
      if (error) throw error;
      listening(port);
    });
  }
}

function failOnPurpose(): never {
  throw new Error("an ordinary programming error");
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) await serve(new Set(Deno.args));
