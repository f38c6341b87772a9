import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./ui/icon.tsx";

const PING = "/dashboards/index.json";
const PING_MS = 2000;

let lostSince: number | undefined;
const events = new EventTarget();

/** `fetch` that notices when the service cannot be reached, and when it can again. */
export async function watchedFetch(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  try {
    const response = await fetch(input, init);
    report(true);
    return response;
  } catch (error) {
    if (!init?.signal?.aborted) report(false);
    throw error;
  }
}

function report(there: boolean): void {
  if (there === (lostSince === undefined)) return;
  lostSince = there ? undefined : Date.now();
  events.dispatchEvent(new Event(there ? "found" : "lost"));
}

/** Calls `retry` when the service is there again. */
export function useRetry(retry: () => void): void {
  const latest = useRef(retry);
  latest.current = retry;
  useEffect(() => {
    const again = () => latest.current();
    events.addEventListener("found", again);
    return () => events.removeEventListener("found", again);
  }, []);
}

/** Says when the service cannot be reached, and looks for it until it can. */
export function ConnectionNotice(): VNode {
  const [since, setSince] = useState(lostSince);
  useEffect(() => {
    const read = () => setSince(lostSince);
    events.addEventListener("lost", read);
    events.addEventListener("found", read);
    return () => {
      events.removeEventListener("lost", read);
      events.removeEventListener("found", read);
    };
  }, []);
  useEffect(() => {
    if (since === undefined) return;
    const timer = setInterval(() => {
      fetch(PING, { method: "HEAD", cache: "no-store" }).then(
        ({ ok }) => ok && report(true),
        () => {},
      );
    }, PING_MS);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <div role="alert">
      {since !== undefined && (
        <p class="notice">
          <Icon name="warning" />
          Cannot reach the service since{" "}
          {new Date(since).toLocaleTimeString()}. What is shown is older; the page goes on by itself
          when the service is back.
        </p>
      )}
    </div>
  );
}
