/**
 * Asks heavy queries, several at a time, as a process of its own: what reads the answers shares neither
 * a thread nor a priority with what measures calls. Each line of standard input is an address to ask,
 * such as `http://127.0.0.1:9000`, or empty to pause. The argument is how many queries run at a time.
 *
 * @module
 */
import { heavyRequests } from "./heavy_requests.ts";

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

if (import.meta.main) {
  const concurrency = Number(Deno.args[0]);
  let pause = new AbortController();
  for await (const line of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    pause.abort();
    pause = new AbortController();
    const url = line.trim();
    if (url === "") continue;
    for (let i = 0; i < concurrency; i++) void ask(url, i * 7, pause.signal);
  }
  pause.abort();
}
