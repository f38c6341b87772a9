/**
 * The one place where flags and environment become a typed config. Flags win over variables,
 * variables over defaults, and every problem is reported at once.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { closestWord } from "./closest.ts";
import type { Value } from "./value.ts";

/** One thing that can be configured. */
export interface Option<T> extends Declared<T> {
  readonly default: T;
}

interface Declared<T> {
  /** The flag without its dashes. */
  readonly flag: string;
  /** The environment variable, where there is one. */
  readonly env?: string;
  readonly value: Value<T>;
  /** Shown instead of the default, where that says more. */
  readonly defaultText?: string;
  /** One line for the help. */
  readonly help: string;
}

/** The options of a command, by the name that its config has for them. */
// deno-lint-ignore no-explicit-any -- an option of any type
export type Options = Readonly<Record<string, Option<any>>>;

/** A word that a command takes besides its flags, such as a file's name. It must be there. */
export interface Positional<T> {
  /** Shown in the help: `NAME`. */
  readonly name: string;
  readonly value: Value<T>;
  /** One line for the help. */
  readonly help: string;
}

/** The words of a command in their order, by the name that its config has for them. */
// deno-lint-ignore no-explicit-any -- a word of any type
export type Positionals = Readonly<Record<string, Positional<any>>>;

/** The config that options make. */
export type ConfigOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** The config that words make. */
export type PositionalsOf<P extends Positionals> = {
  readonly [Name in keyof P]: P[Name] extends Positional<infer T> ? T : never;
};

/** What was typed cannot be run. The command line ends with exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Declares an option; its type comes from its value. */
export function option<T>(declared: Declared<T> & { readonly default: NoInfer<T> }): Option<T> {
  return declared;
}

/**
 * Reads the config of `options` and `positionals` out of the arguments and the environment.
 *
 * Throws {@linkcode UsageError} that lists every problem: the flag, the variable, the value found
 * and what is allowed.
 */
export function readConfig<O extends Options, P extends Positionals = Record<never, never>>(
  options: O,
  args: readonly string[],
  env: (name: string) => string | undefined,
  positionals?: P,
): ConfigOf<O> & PositionalsOf<P> {
  const problems: string[] = [];
  const { flags, words } = readArguments(options, args, problems);
  const config = readPositionals(positionals ?? {}, words, problems);
  for (const [name, { flag, env: variable, value, default: fallback }] of Object.entries(options)) {
    const fromEnv = variable === undefined ? undefined : env(variable) || undefined;
    const given = flags.get(flag) ?? fromEnv;
    const parsed = given === undefined ? fallback : value.parse(given);
    if (parsed === undefined && given !== undefined) {
      problems.push(`${label(flag, variable)} must be ${value.allowed}, but is '${given}'`);
    }
    config[name] = parsed;
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return config as ConfigOf<O> & PositionalsOf<P>;
}

function readPositionals(
  positionals: Positionals,
  words: readonly string[],
  problems: string[],
): Record<string, unknown> {
  const wanted = Object.entries(positionals);
  const config: Record<string, unknown> = {};
  for (const [i, [key, { name, value, help }]] of wanted.entries()) {
    const word = words[i];
    config[key] = word === undefined ? undefined : value.parse(word);
    if (word === undefined) problems.push(`${name} is missing: ${help}`);
    else if (config[key] === undefined) {
      problems.push(`${name} must be ${value.allowed}, but is '${word}'`);
    }
  }
  for (const word of words.slice(wanted.length)) problems.push(`'${word}' is not expected here`);
  return config;
}

function label(flag: string, variable: string | undefined): string {
  return variable === undefined ? `--${flag}` : `--${flag} (${variable})`;
}

interface Arguments {
  /** The text of each flag that was typed; the last one wins unless it repeats, a switch has the empty text. */
  readonly flags: ReadonlyMap<string, string>;
  /** What is no flag and no flag's value. */
  readonly words: readonly string[];
}

function readArguments(
  options: Options,
  args: readonly string[],
  problems: string[],
): Arguments {
  const known = new Map(
    Object.values(options).map((one) => [one.flag, one.value.placeholder !== ""]),
  );
  const repeating = new Set(
    Object.values(options).filter((one) => one.value.repeats).map((one) => one.flag),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      [...known].map((
        [flag, takesValue],
      ) => [flag, { type: takesValue ? "string" : "boolean" } as const]),
    ),
    strict: false,
    tokens: true,
  });
  const flags = new Map<string, string>();
  const words: string[] = [];
  let unknownAt = NaN;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== unknownAt + 1) words.push(token.value);
    if (token.kind !== "option") continue;
    const takesValue = known.get(token.name);
    if (takesValue === undefined) {
      // What follows is most likely its value: one mistake, one complaint.
      unknownAt = token.index;
      problems.push(`${token.rawName} is not a flag${suggestion(token.name, known.keys())}`);
    } else if (
      takesValue && (token.value === undefined || (!token.inlineValue && /^--\w/.test(token.value)))
    ) {
      problems.push(`--${token.name} needs a value`);
    } else {
      const before = repeating.has(token.name) ? flags.get(token.name) : undefined;
      const value = token.value ?? "";
      flags.set(token.name, before === undefined ? value : `${before},${value}`);
    }
  }
  return { flags, words };
}

function suggestion(name: string, flags: Iterable<string>): string {
  const near = closestWord(name, flags);
  return near === undefined ? "" : `; did you mean --${near}?`;
}
