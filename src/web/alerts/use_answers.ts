import { useEffect, useRef, useState } from "preact/hooks";
import { useSurroundings } from "../app/context.ts";
import { isAbort, type PrometheusClient } from "../data/mod.ts";

/** What was answered last, and why there is nothing newer. */
export interface Answered<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
}

/** Asks in each round. The last answer stays until the next one is there. */
export function useAnswers<T>(
  round: number,
  ask: (client: PrometheusClient, signal: AbortSignal) => Promise<T>,
): Answered<T> {
  const { client } = useSurroundings();
  const [answered, setAnswered] = useState<Answered<T>>({ value: undefined, error: undefined });
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const abort = new AbortController();
    latest.current(client, abort.signal).then(
      (value) => setAnswered({ value, error: undefined }),
      (error) => {
        if (abort.signal.aborted || isAbort(error)) return;
        const message = error instanceof Error ? error.message : String(error);
        setAnswered(({ value }) => ({ value, error: message }));
      },
    );
    return () => abort.abort();
  }, [round, client]);
  return answered;
}
