import { run } from "./run.ts";

/** Names that the tools for clusters on one's own machine give to their contexts. */
const LOCAL = /^(kind-.*|k3d-.*|minikube|docker-desktop|rancher-desktop|orbstack|colima.*)$/;

/** The context that kubectl uses, or undefined when there is none or its cluster does not answer. */
export async function currentContext(): Promise<string | undefined> {
  const context = await run("kubectl", ["config", "current-context"]);
  if (context?.code !== 0) return undefined;
  const answer = await run("kubectl", ["get", "--raw", "/readyz", "--request-timeout=10s"]);
  return answer?.code === 0 ? context.stdout.trim() : undefined;
}

/** Whether a context is one of a cluster on this machine, by its name. */
export function isLocal(context: string): boolean {
  return LOCAL.test(context);
}
