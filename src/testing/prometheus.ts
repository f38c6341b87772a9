/**
 * The start of a real Prometheus, for tests that run one.
 *
 * @module
 */

/** How long it may take to start, in milliseconds. */
const START_LIMIT = 30_000;

/** The address that it listens on, from its log, which is read to the end. */
export function prometheusAddress(stderr: ReadableStream<Uint8Array>): {
  readonly address: Promise<string>;
  readonly end: Promise<void>;
} {
  const { promise: address, resolve, reject } = Promise.withResolvers<string>();
  const read = async () => {
    let text = "";
    for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
      text = (text + part).slice(-10_000);
      const found = /Listening on"[^\n]* address=(127\.0\.0\.1:\d+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    }
    reject(new Error(`Prometheus ended before it listened: ${text}`));
  };
  return { address, end: read() };
}

/** Resolves when it answers queries; rejects after 30 s. */
export async function waitUntilReady(url: string): Promise<void> {
  const end = performance.now() + START_LIMIT;
  while (true) {
    const response = await fetch(`${url}/-/ready`);
    await response.body?.cancel();
    if (response.ok) return;
    if (performance.now() > end) throw new Error("Prometheus is not ready after 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
