/**
 * Names checked by the compiler. A metric or label name written as a literal where it is used must
 * be one that every exporter can show; a name only known at run time (`string`) passes unchecked,
 * and exporters then rewrite what their format does not allow.
 *
 * The checked alphabet is that of the Prometheus data model, with the dot that OpenTelemetry adds:
 * metrics `[a-zA-Z_][a-zA-Z0-9_:.]*`, labels `[a-zA-Z_][a-zA-Z0-9_.]*`. Names may be up to about
 * 900 characters, where the compiler's recursion ends.
 *
 * @module
 */

// deno-fmt-ignore
type Lower = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m"
  | "n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z";
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type First = Lower | Uppercase<Lower> | "_";
type LabelCharacter = First | Digit | ".";
type MetricCharacter = LabelCharacter | ":";

/** Whether `Part` stands for many strings: `string`, or a piece such as `${number}`. */
type IsDynamic<Part extends string> = Record<never, never> extends Record<Part, 1> ? true : false;

/** Tail-recursive, so that long names do not run into the limit of 50 nested types. */
type IsMadeOf<Rest extends string, Allowed extends string> = Rest extends "" ? true
  : Rest extends `${infer Character}${infer After}`
    ? Character extends Allowed ? IsMadeOf<After, Allowed> : IsDynamic<Character>
  : IsDynamic<Rest>;

type IsName<Name extends string, Allowed extends string> = Name extends
  `${infer Character}${infer After}`
  ? Character extends First ? IsMadeOf<After, Allowed> : IsDynamic<Character>
  : IsDynamic<Name>;

/** `Name` itself where it is a metric name; otherwise a type whose text says what is wrong. */
export type MetricName<Name extends string> = IsName<Name, MetricCharacter> extends true ? Name
  : `'${Name}' is not a metric name: it must match [a-zA-Z_][a-zA-Z0-9_:.]*`;

type LabelValue<Name extends string> = IsName<Name, LabelCharacter> extends true ? string
  : `'${Name}' is not a label name: it must match [a-zA-Z_][a-zA-Z0-9_.]*`;

/**
 * Labels whose names are `Name`; a value under a name that is not a label name has a type whose text
 * says so.
 */
export type LabelsNamed<Name extends string | number> = {
  readonly [N in Name]: LabelValue<`${N}`>;
};
