import type { VNode } from "preact";
import { Icon } from "../app/ui/icon.tsx";
import { Popover } from "../app/ui/popover.tsx";

/** Queries that were run in this tab. */
export function HistoryMenu(
  { read, onChoose }: {
    read: () => readonly string[];
    onChoose: (query: string) => void;
  },
): VNode {
  return (
    <Popover
      label="History"
      kind="menu"
      class="history"
      face={
        <>
          <Icon name="clock" />
          <span>History</span>
        </>
      }
    >
      {(close) => {
        const queries = read();
        if (queries.length === 0) return <p class="faint" role="none">Nothing was run yet.</p>;
        return queries.map((query) => (
          <button
            key={query}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              close();
              onChoose(query);
            }}
          >
            <code>{query}</code>
          </button>
        ));
      }}
    </Popover>
  );
}
