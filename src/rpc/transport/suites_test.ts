/**
 * The tests of `rpc/`, `echo/` and `cli/` once more, on the transport that is not the usual one: the
 * same behaviour through both.
 *
 * @module
 */
import { permitted } from "../../testing/permissions.ts";
import { defaultTransport } from "../server.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["rpc/", "echo/", "cli/"];

/** Files and folders whose tests need no second run, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "rpc/grpc_js/": "grpc-js itself: what works around it, what guards it",
  "rpc/transport/": "our transport itself; its limits are stricter than those of grpc-js",
  "rpc/hostile/": "names each transport itself",
  "rpc/interop/": "names each transport itself",
  "rpc/reflection/bundle_test.ts": "about what a bundle carries",
  "rpc/tls/certificate_test.ts": "starts no server",
  "rpc/tls/expiry_test.ts": "starts no server",
  "rpc/tls/files_test.ts": "starts no server",
  "echo/generated_test.ts": "starts no server",
  "cli/dashboards_test.ts": "starts no server",
  "cli/monitor_test.ts": "HTTP alone",
  "cli/replay_test.ts": "HTTP alone",
  "cli/stuck_reader_test.ts": "HTTP alone",
  "cli/tracing_test.ts": "starts no server",
};

function testFiles(folder: string): string[] {
  const found: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = `${folder}${name}${isDirectory ? "/" : ""}`;
    if (path in LEFT_OUT) continue;
    if (isDirectory) found.push(...testFiles(path));
    else if (name.endsWith("_test.ts")) found.push(path);
  }
  return found.sort();
}

/**
 * Registers the tests that may use the network, under names that tell the transport. Those that ask for
 * no permission come as a name with a function: they start no server, and once is enough for them.
 */
function registerOn(transport: string): void {
  const register = Deno.test as (test: Deno.TestDefinition) => void;
  const test = (first: string | Deno.TestDefinition) => {
    if (typeof first !== "string") register({ ...first, name: `${first.name} (${transport})` });
  };
  Object.assign(Deno, { test: Object.assign(test, Deno.test) });
}

if (permitted("read", "net")) {
  const transport = defaultTransport.name === "native" ? "grpc-js" : "native";
  defaultTransport.name = transport;
  registerOn(transport);
  for (const path of Object.keys(LEFT_OUT)) Deno.statSync(new URL(path, ROOT));
  for (const path of FOLDERS.flatMap(testFiles)) await import(new URL(path, ROOT).href);
}
