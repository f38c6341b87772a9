/** What stands in an action: operands, calls and pipes, made into a function of the template's data. */
import type { FloatHistogram } from "../../histogram/float_histogram.ts";
import { Labels } from "../../labels.ts";
import { TEMPLATE_FUNCTIONS } from "./functions.ts";
import { unknownVerb } from "./printf.ts";
import type { Token } from "./tokens.ts";
import type { Value } from "./value.ts";

/** What a template is filled in with: a series of the rule's result. */
export interface TemplateData {
  readonly labels: Labels;
  readonly value: number | FloatHistogram;
}

/** Throws an Error for values that do not go together. */
export type Evaluate = (data: TemplateData) => Value;

/** An operand, and what is known of it before there is data. */
interface Operand {
  readonly kind: "labels" | "data" | "other" | "text";
  readonly evaluate: Evaluate;
}

const DATA: ReadonlyMap<string, Operand> = new Map<string, Operand>(Object.entries({
  Labels: { kind: "labels", evaluate: ({ labels }) => labels },
  Value: { kind: "other", evaluate: ({ value }) => value },
  // There is neither a configuration with external labels here nor an address beside the binary's own.
  ExternalLabels: { kind: "labels", evaluate: () => Labels.EMPTY },
  ExternalURL: { kind: "other", evaluate: () => "" },
}));

/** What Prometheus declares before each template. */
const VARIABLES: ReadonlyMap<string, Operand | undefined> = new Map([
  ["$labels", DATA.get("Labels")],
  ["$value", DATA.get("Value")],
  ["$externalLabels", DATA.get("ExternalLabels")],
  ["$externalURL", DATA.get("ExternalURL")],
]);

/** So deep may parentheses be nested. */
const DEEPEST = 50;

/** Reads the words of an action. Throws an Error with the reason where they make no sense. */
export function parsePipeline(tokens: readonly Token[]): Evaluate {
  const parser = new PipelineParser(tokens);
  const { evaluate } = parser.pipeline(0);
  parser.end();
  return evaluate;
}

class PipelineParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const token = this.#peek();
    if (token !== undefined) throw new Error(`did not expect '${token.text}'`);
  }

  pipeline(depth: number): Operand {
    if (depth > DEEPEST) throw new Error("parentheses are nested too deep");
    let piped = this.#command(undefined, depth);
    while (this.#takeSign("|")) piped = this.#command(piped, depth);
    return piped;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #takeSign(text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "sign" || token.text !== text) return false;
    this.#at++;
    return true;
  }

  /** One part of a pipe; what the part before it gives becomes the last argument. */
  #command(piped: Operand | undefined, depth: number): Operand {
    const token = this.#peek();
    if (token?.kind === "name" && token.text !== "true" && token.text !== "false") {
      this.#at++;
      const operands: Operand[] = [];
      while (this.#startsOperand()) operands.push(this.#operand(depth));
      if (piped !== undefined) operands.push(piped);
      return call(token.text, operands);
    }
    const operand = this.#operand(depth);
    if (piped !== undefined) throw new Error(`'${token?.text}' is no function to pipe into`);
    if (this.#startsOperand()) {
      throw new Error(`'${token?.text}' is no function and takes no '${this.#peek()?.text}'`);
    }
    return operand;
  }

  #startsOperand(): boolean {
    const token = this.#peek();
    return token !== undefined && (token.kind !== "sign" || token.text === "(");
  }

  #operand(depth: number): Operand {
    let operand = this.#plainOperand(depth);
    for (;;) {
      const token = this.#peek();
      if (token?.kind !== "field" || token.isApart) return operand;
      this.#at++;
      operand = fieldOf(operand, token.text.slice(1));
    }
  }

  #plainOperand(depth: number): Operand {
    const token = this.#peek();
    if (token === undefined) throw new Error("a value is missing");
    this.#at++;
    switch (token.kind) {
      case "string":
        return { kind: "text", evaluate: () => token.value };
      case "number":
        return { kind: "other", evaluate: () => token.value };
      case "dot":
        return WHOLE;
      case "field":
        return fieldOf(WHOLE, token.text.slice(1));
      case "variable":
        return variable(token.text);
      case "name":
        if (token.text === "true" || token.text === "false") {
          return { kind: "other", evaluate: () => token.text === "true" };
        }
        return call(token.text, []);
    }
    if (token.text !== "(") throw new Error(`did not expect '${token.text}'`);
    const inner = this.pipeline(depth + 1);
    if (!this.#takeSign(")")) throw new Error("a ')' is missing");
    return inner;
  }
}

/** The dot: it has fields, and is nothing that can be shown. */
const WHOLE: Operand = {
  kind: "data",
  evaluate: () => {
    throw new Error("'.' is all data of the alert: take .Labels or .Value of it");
  },
};

function variable(name: string): Operand {
  if (name === "$") return WHOLE;
  const operand = VARIABLES.get(name);
  if (operand !== undefined) return operand;
  throw new Error(`there is no variable '${name}', only ${[...VARIABLES.keys()].join(", ")}`);
}

function fieldOf({ kind, evaluate }: Operand, name: string): Operand {
  if (kind === "data") {
    const field = DATA.get(name);
    if (field !== undefined) return field;
    throw new Error(`there is no '.${name}', only .${[...DATA.keys()].join(", .")}`);
  }
  if (kind !== "labels") throw new Error(`'.${name}' can be taken of labels alone`);
  return {
    kind: "other",
    evaluate(data) {
      const labels = evaluate(data);
      return labels instanceof Labels ? labels.get(name) : "";
    },
  };
}

function call(name: string, operands: readonly Operand[]): Operand {
  const found = TEMPLATE_FUNCTIONS.get(name);
  if (found === undefined) {
    const known = [...TEMPLATE_FUNCTIONS.keys()].join(", ");
    throw new Error(`the function '${name}' is not known here; these are: ${known}`);
  }
  const { least, most, run } = found;
  if (operands.length < least || operands.length > most) {
    const wanted = least === most ? least : `at least ${least}`;
    throw new Error(`'${name}' takes ${wanted} values, found ${operands.length}`);
  }
  const [format] = operands;
  if (name === "printf" && format?.kind === "text") requireKnownVerbs(format);
  return {
    kind: "other",
    evaluate: (data) => run(...operands.map(({ evaluate }) => evaluate(data))),
  };
}

/** A format is text that is known before there is data. */
function requireKnownVerbs({ evaluate }: Operand): void {
  const verb = unknownVerb(String(evaluate({ labels: Labels.EMPTY, value: 0 })));
  if (verb !== undefined) throw new Error(`printf does not know '${verb}' here`);
}
