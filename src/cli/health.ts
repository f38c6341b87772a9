import { command, Failure } from "./command.ts";
import { formatAddress } from "../net/address.ts";
import { healthOptions } from "./options.ts";

/** `echoscope health`: exit status 0 when a service on this machine is ready, 1 when not. */
export const health = command({
  name: "health",
  summary: "ask a running service whether it is ready: exit status 0 or 1",
  options: healthOptions,
  async run({ host, port, timeout }, { terminal }) {
    // A service that listens everywhere is asked on this machine.
    const hostname = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
    const url = `http://${formatAddress({ hostname, port })}/readyz`;
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) }).catch((error) => {
      throw new Failure(`no answer from ${url}: ${reason(error, timeout)}`, { cause: error });
    });
    const answer = (await response.text()).trim();
    if (!response.ok) throw new Failure(`${url} says: ${answer}`);
    terminal.print(answer);
    return 0;
  },
});

function reason(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `none within ${timeoutMs} ms`;
  return /refused/i.test(Deno.inspect(error)) ? "connection refused" : error.message;
}
