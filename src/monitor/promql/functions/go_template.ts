/** A text with `$1`, `$name` and `${name}` in it, as Go's regexp package expands it. */
type Template = readonly TemplatePart[];

type TemplatePart = string | { readonly group: number | string };

/** Reads a template. `$$` is a dollar; a dollar with no name after it stands for itself. */
export function parseTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[1] ?? match[2];
    parts.push(name === undefined ? "$" : { group: NUMBER.test(name) ? Number(name) : name });
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

/** Fills in the groups of a match; those that are not there or took no part are empty. */
export function expandTemplate(
  template: Template,
  groups: readonly (string | undefined)[],
  names: ReadonlyMap<string, number>,
): string {
  let text = "";
  for (const part of template) {
    if (typeof part === "string") text += part;
    else {
      const index = typeof part.group === "number" ? part.group : names.get(part.group);
      text += (index === undefined ? undefined : groups[index]) ?? "";
    }
  }
  return text;
}

const REFERENCE = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

/** A name of digits is an index, but not with leading zeros. */
const NUMBER = /^(0|[1-9][0-9]{0,7})$/;
