/**
 * The help pages, written from the options themselves.
 *
 * @module
 */
import type { Command } from "./command.ts";
import type { Option } from "./config.ts";

const PAGE_WIDTH = 100;

/** The page of `echoscope --help`. */
export function programHelp(commands: readonly Command[]): string {
  return [
    "A gRPC echo service that measures itself and carries its own dashboards.",
    "",
    "Usage: echoscope COMMAND [FLAGS]",
    "",
    "Commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "'echoscope COMMAND --help' tells the flags of a command.",
    "",
  ].join("\n");
}

/** The page of `echoscope COMMAND --help`. */
export function commandHelp({ name, summary, options, positionals = {} }: Command): string {
  const flags = Object.values(options);
  const words = Object.values(positionals);
  const usage = ["echoscope", name, ...words.map((word) => word.name)].join(" ");
  return [
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    "",
    `Usage: ${usage}${flags.length > 0 ? " [FLAGS]" : ""}`,
    ...(words.length > 0 ? ["", ...columns(words.map((word) => [word.name, word.help]))] : []),
    ...(flags.length > 0 ? ["", "Flags:", ...columns(flags.map(flagRow))] : []),
    "",
  ].join("\n");
}

function flagRow(
  { flag, env, value, help, default: fallback, defaultText }: Option<unknown>,
): [string, string] {
  const shown = defaultText ?? (fallback === undefined ? "" : value.show(fallback));
  const notes = [
    env && `$${env}`,
    value.placeholder !== "" && shown && `default ${shown}`,
    value.range,
  ].filter(Boolean);
  return [
    `--${flag} ${value.placeholder}`.trimEnd(),
    notes.length > 0 ? `${help} (${notes.join(", ")})` : help,
  ];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrap(right, PAGE_WIDTH - width - 4).map((line, i) =>
      `  ${(i === 0 ? left : "").padEnd(width)}  ${line}`
    )
  );
}

/** Lines of at most `width` characters, unless one word is longer. */
function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
