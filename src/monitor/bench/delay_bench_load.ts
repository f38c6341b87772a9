/**
 * Asks heavy queries, several at a time, as a worker: what reads the answers does not share a thread
 * with what measures calls. A message has the address to ask, or none to pause.
 *
 * @module
 */
import { heavyRequests } from "./heavy_requests.ts";

/** What it is told: an address such as `http://127.0.0.1:9000`; undefined to pause. */
export interface LoadMessage {
  readonly url: string | undefined;
  readonly concurrency: number;
}

let pause = new AbortController();

async function ask(url: string, first: number, signal: AbortSignal): Promise<void> {
  for (let i = first; !signal.aborted; i++) {
    const requests = heavyRequests(Date.now());
    const { name, path } = requests[i % requests.length] ?? { name: "", path: "" };
    try {
      const response = await fetch(`${url}/api/v1/${path}`, { signal });
      if (!response.ok) throw new Error(`'${name}' failed: ${await response.text()}`);
      for await (const _ of response.body ?? []);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

self.addEventListener("message", (event) => {
  const { url, concurrency } = (event as MessageEvent<LoadMessage>).data;
  pause.abort();
  pause = new AbortController();
  if (url === undefined) return;
  for (let i = 0; i < concurrency; i++) void ask(url, i * 7, pause.signal);
});
