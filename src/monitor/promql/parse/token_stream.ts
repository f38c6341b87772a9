import type { Binary, Expression, Position, ValueType } from "../ast.ts";
import { ParseError } from "../errors.ts";
import { Lexer } from "./lexer.ts";
import type { ParseOptions } from "./options.ts";
import type { Modifiers } from "./operators.ts";
import { describeToken, type Token } from "./token.ts";
import { valueType } from "./value_type.ts";

/** What an error says about where it was, and what should have been there. */
export interface Context {
  readonly in: string;
  readonly expected?: string;
}

/** How deep expressions may go; the deepest that people write have some dozens of levels. */
export const DEEPEST = 250;

/** The tokens of a query, with one token of look-ahead, and what else a parser carries along. */
export class TokenStream {
  readonly query: string;
  readonly options: Required<ParseOptions>;
  /** What was written with an operator, of which the tree keeps a part, and what it gives. */
  readonly binaries = new Map<
    Binary,
    { readonly modifiers: Modifiers; readonly type: ValueType }
  >();
  readonly #lexer: Lexer;
  #ahead: Token | undefined;
  #context: Context | undefined;
  #depth = 0;

  constructor(query: string, options: Required<ParseOptions>) {
    this.query = query;
    this.options = options;
    this.#lexer = new Lexer(query, options);
  }

  /** The next token, left where it is. */
  peek(): Token {
    return this.#ahead ??= this.#lexer.next();
  }

  /** Whether the next token is of one of these kinds. */
  at(...kinds: string[]): boolean {
    return kinds.includes(this.peek().kind);
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.peek();
    this.#ahead = undefined;
    return token;
  }

  /** Takes the next token if it is of this kind. */
  takeIf(kind: string): Token | undefined {
    return this.peek().kind === kind ? this.take() : undefined;
  }

  /** Takes the next token, which must be of this kind. */
  expect(kind: string, context?: Context): Token {
    if (this.peek().kind !== kind) throw this.unexpected(context);
    return this.take();
  }

  /** Faults in `parse` are told with this context, unless it has a nearer one. */
  within<T>(context: Context, parse: () => T): T {
    const outer = this.#context;
    this.#context = context;
    const result = parse();
    this.#context = outer;
    return result;
  }

  /** Calls `parse` one level deeper. */
  deeper<T>(parse: () => T): T {
    if (++this.#depth > DEEPEST) throw this.tooDeep(this.peek());
    const result = parse();
    this.#depth--;
    return result;
  }

  /** The error for the next token, which nobody expected. */
  unexpected(context: Context | undefined = this.#context): ParseError {
    const token = this.peek();
    const where = context === undefined ? "" : ` in ${context.in}`;
    const expected = context?.expected === undefined ? "" : `, expected ${context.expected}`;
    return this.error(token, `unexpected ${describeToken(token)}${where}${expected}`);
  }

  /** What an expression gives; unlike {@linkcode valueType} it takes the same time for a long one. */
  typeOf(expression: Expression): ValueType {
    let inner = expression;
    while (inner.kind === "parentheses" || inner.kind === "unary") {
      inner = inner.kind === "unary" ? inner.operand : inner.expression;
    }
    return (inner.kind === "binary" ? this.binaries.get(inner)?.type : undefined) ??
      valueType(inner);
  }

  tooDeep(position: Position): ParseError {
    return this.error(position, `expression is nested too deeply, more than ${DEEPEST} levels`);
  }

  error({ from, to }: Position, reason: string): ParseError {
    return new ParseError(this.query, { from, to }, reason);
  }
}
