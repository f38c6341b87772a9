/** A block of a text. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "quote"; readonly content: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly Inline[][] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "table"; readonly head: readonly Inline[][]; readonly rows: Inline[][][] }
  | { readonly kind: "rule" };

/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "struck"; readonly content: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly content: readonly Inline[] }
  | { readonly kind: "break" };

/**
 * Reads the part of Markdown that dashboards use: headings, paragraphs, lists (not nested), quotes, code,
 * tables, rules, links, bold, italic. HTML is text like any other, so nothing can be smuggled in.
 */
export function readMarkdown(source: string): Block[] {
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  while (lines.length > 0) {
    if (lines[0]?.trim() === "") lines.shift();
    else blocks.push(takeBlock(lines));
  }
  return blocks;
}

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d+[.)]\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

function takeBlock(lines: string[]): Block {
  const line = lines[0] ?? "";
  if (FENCE.test(line)) return takeCode(lines);
  const heading = HEADING.exec(line);
  if (heading !== null) {
    lines.shift();
    return {
      kind: "heading",
      level: heading[1]?.length ?? 1,
      content: readInline(heading[2] ?? ""),
    };
  }
  if (RULE.test(line)) {
    lines.shift();
    return { kind: "rule" };
  }
  if (BULLET.test(line)) return takeList(lines, BULLET, false);
  if (NUMBER.test(line)) return takeList(lines, NUMBER, true);
  if (QUOTE.test(line)) {
    const quoted = takeWhile(lines, (next) => QUOTE.test(next));
    return {
      kind: "quote",
      content: readInline(quoted.map((one) => one.replace(QUOTE, "$1")).join(" ")),
    };
  }
  if (line.includes("|") && TABLE_RULE.test(lines[1] ?? "")) return takeTable(lines);
  const first = lines.shift() ?? "";
  const rest = takeWhile(lines, (next) => next.trim() !== "" && !startsBlock(next));
  return { kind: "paragraph", content: readInline([first, ...rest].join("\n")) };
}

function startsBlock(line: string): boolean {
  return [FENCE, HEADING, RULE, BULLET, NUMBER, QUOTE].some((start) => start.test(line));
}

function takeCode(lines: string[]): Block {
  lines.shift();
  const text = takeWhile(lines, (line) => !FENCE.test(line)).join("\n");
  lines.shift();
  return { kind: "code", text };
}

function takeList(lines: string[], item: RegExp, ordered: boolean): Block {
  const items: string[] = [];
  while (lines.length > 0) {
    const line = lines[0] ?? "";
    const start = item.exec(line);
    if (start !== null) items.push(start[1] ?? "");
    else if (/^\s+\S/.test(line) && items.length > 0) items.push(`${items.pop()} ${line.trim()}`);
    else break;
    lines.shift();
  }
  return { kind: "list", ordered, items: items.map(readInline) };
}

function takeTable(lines: string[]): Block {
  const [head = "", , ...rows] = takeWhile(lines, (line) => line.includes("|"));
  return { kind: "table", head: cellsOf(head), rows: rows.map(cellsOf) };
}

function cellsOf(line: string): Inline[][] {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => readInline(cell.trim()));
}

function takeWhile(lines: string[], wanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !wanted(line));
  return lines.splice(0, end === -1 ? lines.length : end);
}

const INLINE =
  /`([^`]+)`|\[([^\]]*)\]\(\s*<?([^)\s>]*)>?(?:\s+"[^"]*")?\s*\)|(\*\*|__)(?=\S)(.+?)\4(?!\*)|(\*|_)(?=\S)(.+?)\6(?![\p{L}\d])|~~(.+?)~~|<(https?:\/\/[^>\s]+)>|( {2,}\n|\\\n|<br\s*\/?>)|\\([\\`*_{}[\]()#+\-.!|~>])/u;

/** Reads the marks within a line. */
export function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let rest = text;
  while (rest !== "") {
    const match = INLINE.exec(rest);
    const before = match === null ? rest : rest.slice(0, match.index);
    if (before !== "") found.push({ kind: "text", text: before });
    if (match === null) break;
    found.push(inlineOf(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return found;
}

function inlineOf(match: RegExpExecArray): Inline {
  const [whole, code, label, url, , bold, , italic, struck, bare, lineBreak, escaped] = match;
  if (code !== undefined) return { kind: "code", text: code };
  if (url !== undefined) return linkOf(url, readInline(label ?? ""), whole);
  if (bold !== undefined) return { kind: "bold", content: readInline(bold) };
  if (italic !== undefined) return { kind: "italic", content: readInline(italic) };
  if (struck !== undefined) return { kind: "struck", content: readInline(struck) };
  if (bare !== undefined) return linkOf(bare, [{ kind: "text", text: bare }], whole);
  if (lineBreak !== undefined) return { kind: "break" };
  return { kind: "text", text: escaped ?? whole };
}

function linkOf(url: string, content: readonly Inline[], whole: string): Inline {
  return isSafeUrl(url) ? { kind: "link", url, content } : { kind: "text", text: whole };
}

/** Whether an address can be followed without running a script: of the web, of mail, or of this page. */
export function isSafeUrl(url: string): boolean {
  // Browsers skip control characters and spaces in front of a scheme.
  const bare = [...url].filter((letter) => letter > " ").join("");
  return /^(https?:|mailto:)/i.test(bare) || !/^[^/?#]*:/.test(bare);
}
