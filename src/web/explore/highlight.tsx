import type { VNode } from "preact";
import type { Fault } from "./fault.ts";
import { tokensOf } from "./tokens.ts";

/** A query in colours, with what is wrong underlined. It lies below the text area, which has no colour. */
export function Highlight({ query, fault }: { query: string; fault: Fault | undefined }): VNode {
  return (
    <pre class="highlight" aria-hidden="true">
      {tokensOf(query).map(({ kind, text, from, to }) => {
        const wrong = fault !== undefined && from < fault.to && fault.from < to && kind !== "space";
        return kind === "space"
          ? text
          : <span key={from} class={`token-${kind}${wrong ? " fault" : ""}`}>{text}</span>;
      })}
      {"\n"}
    </pre>
  );
}
