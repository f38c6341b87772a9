import type { VNode } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useSurroundings } from "../app/context.ts";
import { Icon } from "../app/ui/icon.tsx";
import { AskError, type TimeRange } from "../data/mod.ts";
import { Editor } from "./editor.tsx";
import { type Fault, faultOf, isUnfinished, withoutVariables } from "./fault.ts";

/** For how long nothing must be typed before the query is checked. */
const PAUSE_MS = 600;

/** One query: its editor, and below it what is wrong. */
export function QueryRow(
  { refId, query, only, range, onChange, onRun, onRemove }: {
    refId: string;
    query: string;
    /** Whether there is no other. */
    only: boolean;
    range: TimeRange;
    onChange: (query: string) => void;
    onRun: () => void;
    onRemove: () => void;
  },
): VNode {
  const fault = useFault(query);
  const id = useId();
  return (
    <div class="query-row">
      {!only && <span class="ref-id" aria-hidden="true">{refId}</span>}
      <Editor
        label={only ? "Query" : `Query ${refId}`}
        query={query}
        range={range}
        fault={fault}
        faultId={id}
        onChange={onChange}
        onRun={onRun}
      />
      {!only && (
        <button type="button" class="quiet" aria-label={`Remove query ${refId}`} onClick={onRemove}>
          <Icon name="close" />
        </button>
      )}
      <p id={id} class="fault-text" role="status">{fault?.message}</p>
    </div>
  );
}

/** What Prometheus finds wrong with a query, once nothing is typed for a moment. */
function useFault(query: string): Fault | undefined {
  const { client } = useSurroundings();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    setFault(undefined);
    if (isUnfinished(query)) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      client.format(withoutVariables(query), { signal: abort.signal }).catch((error) => {
        if (!abort.signal.aborted && error instanceof AskError) {
          setFault(faultOf(query, error.detail));
        }
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, client]);
  return fault;
}
