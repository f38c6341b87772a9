import type { Aggregation, AggregationOperator, Call, Expression } from "../ast.ts";
import { SIGNATURES } from "../functions/signatures.ts";
import { quote } from "../print/quote.ts";
import { parseExpression } from "./expressions.ts";
import { parseLabels } from "./grouping.ts";
import { PARAMETERIZED, startsExpression, type Token } from "./token.ts";
import type { TokenStream } from "./token_stream.ts";

/** What follows a function's name. */
export function parseCall(stream: TokenStream, { text: name, from, to: nameEnd }: Token): Call {
  const { list, to } = parseArguments(stream);
  const signature = SIGNATURES.get(name);
  if (signature === undefined) {
    throw stream.error({ from, to: nameEnd }, `unknown function with name ${quote(name)}`);
  }
  if (signature.experimental && !stream.options.experimentalFunctions) {
    throw stream.error({ from, to: nameEnd }, `function ${quote(name)} is not enabled`);
  }
  return { kind: "call", name, arguments: list, from, to };
}

/** What follows an aggregation's name: `by` or `without` may stand before or after the arguments. */
export function parseAggregation(stream: TokenStream, { kind, from }: Token): Aggregation {
  return stream.within({ in: "aggregation" }, () => {
    let grouping = parseGrouping(stream);
    const { list, to: end } = parseArguments(stream);
    let to = end;
    if (grouping === undefined) {
      grouping = parseGrouping(stream);
      if (grouping !== undefined) to = grouping.to;
    }
    const { without = false, labels = [] } = grouping ?? {};
    return {
      kind: "aggregation",
      operator: kind as AggregationOperator,
      ...operands(stream, { kind, from, to }, list),
      grouping: { without, labels },
      from,
      to,
    };
  });
}

function parseGrouping(
  stream: TokenStream,
): { without: boolean; labels: string[]; to: number } | undefined {
  if (!stream.at("by", "without")) return undefined;
  const without = stream.take().kind === "without";
  return { without, ...parseLabels(stream) };
}

function operands(
  stream: TokenStream,
  { kind, ...position }: { kind: string; from: number; to: number },
  list: readonly Expression[],
): Pick<Aggregation, "expression" | "parameter"> {
  const [first, second] = list;
  if (first === undefined) {
    throw stream.error(position, "no arguments for aggregate expression provided");
  }
  if (kind.startsWith("limit") && !stream.options.experimentalFunctions) {
    throw stream.error(
      position,
      `${kind}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
    );
  }
  const wanted = PARAMETERIZED.includes(kind) ? 2 : 1;
  if (list.length !== wanted) {
    throw stream.error(
      position,
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${list.length}`,
    );
  }
  return second === undefined ? { expression: first } : { parameter: first, expression: second };
}

function parseArguments(stream: TokenStream): { list: Expression[]; to: number } {
  stream.expect("(");
  const list: Expression[] = [];
  if (!stream.at(")")) {
    list.push(parseExpression(stream));
    for (let comma = stream.takeIf(","); comma !== undefined; comma = stream.takeIf(",")) {
      if (!startsExpression(stream.peek())) {
        throw stream.error(comma, "trailing commas not allowed in function call args");
      }
      list.push(parseExpression(stream));
    }
  }
  return { list, to: stream.expect(")").to };
}
