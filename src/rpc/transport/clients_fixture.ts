/**
 * `echoscope serve --transport=native` as a process, for clients that are programs of others.
 *
 * @module
 */
import { type TestAuthority, testAuthority } from "../../testing/certificates.ts";
import { serveEchoscope } from "../../testing/echoscope.ts";
import { findProgram, testWithProgram } from "../../testing/programs.ts";

/** How connections are secured; with mTLS clients need a certificate too. */
export type Security = "plaintext" | "TLS" | "mTLS";

/** What a client program left. */
export interface ClientRun {
  readonly code: number;
  readonly stdout: string;
  /** Both outputs: programs differ in where they tell of a failure. */
  readonly output: string;
}

/** The flags by which a program is told whether to encrypt, whom to trust, and who calls. */
export interface SecurityFlags {
  readonly plaintext?: string;
  readonly tls?: string;
  readonly authority: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What a test of a client works with. */
export interface ClientFixture {
  readonly security: Security;
  /** `localhost:PORT` of gRPC. */
  readonly target: string;
  readonly authority: TestAuthority | undefined;
  /** The certificate of the client; mTLS alone has one. */
  readonly identity: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** What a program needs to connect. */
  flags(names: SecurityFlags): string[];
  /** Runs the program with `input` as its standard input. */
  run(args: readonly string[], input?: string | Uint8Array<ArrayBuffer>): Promise<ClientRun>;
  /** Breaks calls from now on: `latency=1m`, `error-rate=1`. */
  setFaults(query: string): Promise<void>;
  /** How many calls of the echo service ended with `code`, as the metrics tell. */
  handled(code: string): Promise<number>;
}

/** Registers a test of one client, once for each of `securities`. */
export function testClient(
  program: string,
  name: string,
  body: (fixture: ClientFixture, t: Deno.TestContext) => Promise<void>,
  securities: readonly Security[] = ["plaintext", "TLS", "mTLS"],
): void {
  for (const security of securities) {
    testWithProgram(program, `${name} (${security})`, async (path, t) => {
      await using closing = new AsyncDisposableStack();
      await body(await startFor(path, security, closing), t);
    });
  }
}

async function startFor(
  program: string,
  security: Security,
  closing: AsyncDisposableStack,
): Promise<ClientFixture> {
  const authority = security === "plaintext"
    ? undefined
    : closing.use(await testAuthority(findProgram("openssl") ?? "openssl"));
  const server = await authority?.issue("server");
  const identity = security === "mTLS" ? await authority?.issue("caller") : undefined;
  const service = closing.use(
    await serveEchoscope(
      [
        ...["--transport=native", "--faults-endpoint"],
        ...server ? [`--tls-cert=${server.certFile}`, `--tls-key=${server.keyFile}`] : [],
        ...authority && identity ? [`--tls-client-ca=${authority.caFile}`] : [],
      ],
      {},
      { permissions: authority ? [`--allow-read=${authority.folder}`] : [] },
    ),
  );
  return {
    security,
    target: service.rpc.replace("127.0.0.1", "localhost"),
    authority,
    identity,
    flags(names) {
      const given = (flag: string | undefined, file: string | undefined) =>
        flag === undefined || file === undefined ? [] : [flag, file];
      return [
        ...[authority ? names.tls : names.plaintext].filter((flag) => flag !== undefined),
        ...given(names.authority, authority?.caFile),
        ...given(names.certificate, identity?.certFile),
        ...given(names.key, identity?.keyFile),
      ];
    },
    run: (args, input) => runClient(program, args, input),
    async setFaults(query) {
      const answer = await fetch(`${service.http}/faults?${query}`, { method: "POST" });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`Cannot set faults to '${query}': ${text}`);
    },
    async handled(code) {
      const page = await (await fetch(`${service.http}/metrics`)).text();
      const series = new RegExp(
        `^grpc_server_handled_total\\{.*grpc_service="foo.Foo".*grpc_code="${code}"\\} (\\d+)$`,
        "m",
      );
      return Number(series.exec(page)?.[1]);
    },
  };
}

async function runClient(
  program: string,
  args: readonly string[],
  input: string | Uint8Array<ArrayBuffer> = "",
): Promise<ClientRun> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // A program that reads nothing may have ended before all was written.
  const given = new Response(input).body?.pipeTo(child.stdin).catch(() => {});
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), given]);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), output: text(stdout) + text(stderr) };
}
