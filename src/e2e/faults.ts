import { NAMESPACE, pods } from "./kubectl.ts";
import { mustRun } from "./run.ts";

/**
 * Runs `body` while all servers answer slowly and often wrongly: dashboards and alerts that are
 * about failures have something to show then.
 */
export async function withFaults<T>(body: () => Promise<T>): Promise<T> {
  try {
    await setFaults("error-rate=0.3&latency=150ms");
    return await body();
  } finally {
    await setFaults("error-rate=0&latency=0");
  }
}

/** Through the API server, so that nothing needs to be in the image. */
async function setFaults(query: string): Promise<void> {
  for (const { metadata } of await pods("app.kubernetes.io/name=server")) {
    const path = `/api/v1/namespaces/${NAMESPACE}/pods/${metadata.name}:9000/proxy/faults?${query}`;
    await mustRun("kubectl", ["create", "--raw", path, "-f", "-"], { input: "" });
  }
}
