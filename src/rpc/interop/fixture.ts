/**
 * Runs the test service as a child, for its tests.
 *
 * @module
 */
import { type TestAuthority, testAuthority } from "../../testing/certificates.ts";
import { type Child, startChild } from "../../testing/child.ts";
import { findProgram } from "../../testing/programs.ts";
import type { TransportName } from "../server.ts";

/** A test service that runs, and who signed its certificate if it has one. */
export interface Served extends AsyncDisposable {
  readonly child: Child;
  readonly authority: TestAuthority | undefined;
}

/** Whether connections are encrypted. */
export type Security = "plaintext" | "TLS";

/** Both ways. */
export const SECURITIES: readonly Security[] = ["plaintext", "TLS"];

/** Starts the test service. TLS needs the program openssl. */
export async function serveTestService(
  transport: TransportName,
  security: Security,
): Promise<Served> {
  await using starting = new AsyncDisposableStack();
  const authority = security === "TLS"
    ? starting.use(await testAuthority(findProgram("openssl") ?? "openssl"))
    : undefined;
  const identity = await authority?.issue("server");
  const child = starting.use(
    await startChild({
      script: new URL("server.ts", import.meta.url),
      permissions: ["--allow-net=127.0.0.1", "--allow-read", "--ignore-env"],
      args: [
        `--transport=${transport}`,
        ...identity ? [`--cert=${identity.certFile}`, `--key=${identity.keyFile}`] : [],
      ],
    }),
  );
  const running = starting.move();
  return { child, authority, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
