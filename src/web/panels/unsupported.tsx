import type { JSX } from "preact";
import type { PanelProps } from "./panel.ts";
import { Table } from "./table/table.tsx";

/** A panel of a kind that the page does not draw: says so, and shows what was asked and answered. */
export function Unsupported(props: PanelProps): JSX.Element {
  const { panel, data } = props;
  return (
    <div class="unsupported">
      <p>
        The page does not draw panels of type <code>{panel.type}</code>; Grafana does. Its data:
      </p>
      {data.queries.map(({ target, expr }) => <pre key={target.refId}><code>{expr}</code></pre>)}
      {panel.targets.length > 0 && <Table {...props} />}
    </div>
  );
}
