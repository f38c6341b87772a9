import type { ComponentChildren, JSX } from "preact";
import { oneOf, text } from "../../model/reading.ts";
import type { PanelProps } from "../panel.ts";
import { type Block, type Inline, readMarkdown } from "./markdown.ts";

/** A text: Markdown, or as it is. */
export function Text({ panel }: PanelProps): JSX.Element {
  const { options } = panel;
  const content = text(options["content"]) ?? "";
  const mode = oneOf(options["mode"], ["markdown", "html", "code", "text"]) ?? "markdown";
  if (mode === "code" || mode === "text") return <pre class="text-panel">{content}</pre>;
  const source = mode === "html" ? withoutTags(content) : content;
  return <div class="text-panel">{readMarkdown(source).map(blockElement)}</div>;
}

/** HTML of a file is never put into the page; what it says is shown without its form. */
function withoutTags(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.querySelectorAll("script, style")) element.remove();
  for (const element of parsed.querySelectorAll("p, div, li, h1, h2, h3, h4, tr, br")) {
    element.append("\n\n");
  }
  return parsed.body.textContent ?? "";
}

function blockElement(block: Block, at: number): JSX.Element {
  switch (block.kind) {
    case "heading":
      return <Heading key={at} level={block.level}>{block.content.map(inlineElement)}</Heading>;
    case "paragraph":
      return <p key={at}>{block.content.map(inlineElement)}</p>;
    case "quote":
      return <blockquote key={at}>{block.content.map(inlineElement)}</blockquote>;
    case "code":
      return <pre key={at}><code>{block.text}</code></pre>;
    case "rule":
      return <hr key={at} />;
    case "list": {
      const items = block.items.map((item, place) => <li key={place}>{item.map(inlineElement)}
      </li>);
      return block.ordered ? <ol key={at}>{items}</ol> : <ul key={at}>{items}</ul>;
    }
    case "table":
      return (
        <table key={at}>
          <thead>
            <tr>
              {block.head.map((cell, place) => (
                <th key={place} scope="col">{cell.map(inlineElement)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, line) => (
              <tr key={line}>
                {row.map((cell, place) => <td key={place}>{cell.map(inlineElement)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

/** The page's title is level 1, a row's 2, the panel's 3. */
function Heading({ level, children }: { level: number; children: ComponentChildren }): JSX.Element {
  if (level === 1) return <h4 class="large">{children}</h4>;
  return level === 2 ? <h4>{children}</h4> : <h5>{children}</h5>;
}

function inlineElement(inline: Inline, at: number): ComponentChildren {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "break":
      return <br key={at} />;
    case "code":
      return <code key={at}>{inline.text}</code>;
    case "bold":
      return <strong key={at}>{inline.content.map(inlineElement)}</strong>;
    case "italic":
      return <em key={at}>{inline.content.map(inlineElement)}</em>;
    case "struck":
      return <del key={at}>{inline.content.map(inlineElement)}</del>;
    case "link":
      return <a key={at} href={inline.url} rel="noopener">{inline.content.map(inlineElement)}</a>;
  }
}
