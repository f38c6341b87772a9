/**
 * The test service as a program: `--transport=NAME`, and with `--cert=FILE --key=FILE` over TLS.
 * Prints "listening on PORT".
 *
 * @module
 */
import { createLogger } from "../../logging/logger.ts";
import { implement, serveRpc } from "../server.ts";
import { testServiceHandlers } from "./handlers.ts";
import { testService } from "./test_service.ts";
import { transportOf } from "./transports.ts";

function option(name: string): string | undefined {
  return Deno.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) {
  const [certFile, keyFile] = [option("cert"), option("key")];
  const { address } = await serveRpc({
    services: [implement(testService, testServiceHandlers)],
    hostname: "127.0.0.1",
    port: 0,
    transport: transportOf(Deno.args),
    tls: certFile && keyFile ? { certFile, keyFile } : undefined,
    log: createLogger({ level: "warn", format: "human", write: print }),
  });
  print(`listening on ${address.port}`);
}
