import { setTimeout as sleep } from "node:timers/promises";
import { mustRun } from "./run.ts";

/** Where everything is installed. */
export const NAMESPACE = "echoscope";

/** Runs kubectl in the namespace; resolves with its standard output, rejects with what it says. */
export function kubectl(...args: string[]): Promise<string> {
  return mustRun("kubectl", ["--namespace", NAMESPACE, ...args]);
}

/** Applies an object, or several. */
export function apply(object: object): Promise<string> {
  return mustRun("kubectl", ["apply", "-f", "-"], { input: JSON.stringify(object) });
}

/** What of a Pod is read here. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** The Pods with a label, those that are being deleted left out. */
export async function pods(selector: string): Promise<Pod[]> {
  const { items } = JSON.parse(await kubectl("get", "pods", "-l", selector, "-o", "json")) as {
    items: Pod[];
  };
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Whether a Pod gets calls. */
export function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ??
    false;
}

/**
 * Asks again and again until `probe` resolves with something else than undefined. Rejects with what
 * was awaited, and why the last try failed, when that takes longer than `seconds`.
 */
export async function until<T>(
  awaited: string,
  seconds: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  while (true) {
    let reason = "";
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      reason = `; last: ${error instanceof Error ? error.message : error}`;
    }
    if (performance.now() > end) {
      throw new Error(`Waited ${seconds} s in vain for ${awaited}${reason}`);
    }
    await sleep(500);
  }
}
