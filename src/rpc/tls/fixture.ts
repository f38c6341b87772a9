/**
 * Servers and clients with TLS, for tests.
 *
 * @module
 */
import { connect } from "node:tls";
import { once } from "node:events";
import type { handleServerStreamingCall, handleUnaryCall } from "../grpc_js/load.ts";
import type { MethodDefinition } from "@grpc/proto-loader";
import { DebuggingRecorder, type DebugMetric } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { type TestAuthority, testAuthority } from "../../testing/certificates.ts";
import { type LogLines, logLines } from "../../testing/log_lines.ts";
import { findProgram, testWithProgram } from "../../testing/programs.ts";
import { connectRpc, type RpcClient } from "../client.ts";
import type { ClientTlsOptions, ServerTlsOptions } from "./credentials.ts";
import { implement, type RpcServer, serveRpc } from "../server.ts";
import { loadService, type Service } from "../service.ts";

interface Text {
  text: string;
}

interface Handlers {
  greet: handleUnaryCall<Text, Text>;
  tick: handleServerStreamingCall<Text, Text>;
}

interface Definition {
  greet: MethodDefinition<Text, Text, Text, Text>;
  tick: MethodDefinition<Text, Text, Text, Text>;
}

/** The .proto of the service, for programs that want it. */
export const PROTO = `syntax = "proto3"; package test;
  service Clock { rpc greet (Text) returns (Text); rpc tick (Text) returns (stream Text); }
  message Text { string text = 1; }`;

const clock: Service<Handlers, Definition> = loadService(PROTO, "test.Clock");

/** What a test of TLS works with. */
export interface TlsFixture {
  /** The path of the program. */
  readonly openssl: string;
  readonly authority: TestAuthority;
  readonly server: RpcServer;
  readonly logged: LogLines;
  /** What was recorded since the last time. */
  metrics(): DebugMetric[];
  /** Writes a file beside the certificates and returns its path. */
  file(name: string, text: string): Promise<string>;
  /** Ends every `tick` call with a last reply. */
  tick(text: string): void;
  /** A client, closed when the test ends. Trusts the authority; `plain` is one without TLS. */
  client(tls?: ClientTlsOptions | "plain", host?: string): RpcClient<Handlers, Definition>;
  /** Connects, with `openssl s_client -alpn h2` and more arguments, and returns what it prints. */
  sClient(...args: string[]): Promise<string>;
}

/** More options of a server, once certificates can be had. */
export type TlsOf = (authority: TestAuthority) => Partial<ServerTlsOptions>;

/** Registers a test of a server with TLS. */
export function testWithTls(
  name: string,
  body: (fixture: TlsFixture) => Promise<void>,
  tls?: TlsOf,
): void {
  testWithProgram("openssl", name, () => withTls(body, tls));
}

/** Runs `body` with a server with TLS and closes everything. Needs openssl. */
export async function withTls(
  body: (fixture: TlsFixture) => Promise<void>,
  tls: TlsOf = () => ({}),
): Promise<void> {
  const openssl = findProgram("openssl");
  if (openssl === undefined) throw new Error("This test needs the program 'openssl'");
  await using authority = await testAuthority(openssl);
  const recorder = new DebuggingRecorder();
  await withRecorder(recorder, async () => {
    await using closing = new AsyncDisposableStack();
    const logged = logLines();
    const tock = Promise.withResolvers<string>();
    const server = closing.adopt(
      await serveRpc({
        services: [implement(clock, {
          greet: ({ text }) => ({ text: `Hello ${text}!` }),
          tick: async function* () {
            yield { text: "running" };
            yield { text: await tock.promise };
          },
        })],
        hostname: "127.0.0.1",
        port: 0,
        tls: { ...await authority.issue("server"), ...tls(authority) },
        log: logged.log,
      }),
      async (server) => void await server.close(0),
    );
    const { port } = server.address;
    await body({
      openssl,
      authority,
      server,
      logged,
      metrics: () => recorder.snapshot(),
      async file(name, text) {
        const path = `${authority.folder}/${name}`;
        await Deno.writeTextFile(path, text);
        return path;
      },
      tick: tock.resolve,
      client(tls = {}, host = "localhost") {
        const options = tls === "plain" ? undefined : { caFile: authority.caFile, ...tls };
        const target = `${host}:${port}`;
        const client = connectRpc(clock, { target, tls: options, log: logged.log });
        return closing.adopt(client, () => client.close());
      },
      async sClient(...args) {
        const { stdout, stderr } = await new Deno.Command(openssl, {
          args: ["s_client", "-connect", `127.0.0.1:${port}`, "-alpn", "h2", ...args],
          stdin: "null",
        }).output();
        return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
      },
    });
  });
}

/** The name in the certificate that a new connection is shown. */
export async function shownTo(port: number): Promise<string> {
  const options = { host: "127.0.0.1", port, ALPNProtocols: ["h2"], rejectUnauthorized: false };
  const socket = connect(options);
  await once(socket, "secureConnect");
  const { CN } = socket.getPeerCertificate().subject;
  const closed = once(socket, "close");
  socket.destroy();
  await closed;
  return String(CN);
}
