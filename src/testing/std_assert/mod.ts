/**
 * A stand-in for `jsr:@std/assert` where JSR cannot be reached: the functions that our tests use,
 * with the same names, signatures and behaviour, on node:assert. Delete the `links` line of
 * deno.json to use the real one.
 *
 * @module
 */
import nodeAssert from "node:assert";

/** Thrown when an assertion does not hold. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

// deno-lint-ignore no-explicit-any -- the signature of @std/assert
type Constructor<T> = abstract new (...args: any[]) => T;

function fail_(what: string, msg?: string): never {
  throw new AssertionError(msg === undefined ? what : `${what.replace(/\.$/, "")}: ${msg}`);
}

function show(value: unknown): string {
  return Deno.inspect(value, { depth: 20, sorted: true, trailingComma: true, compact: false });
}

/** Runs a node:assert check; its message carries the difference. */
function check(run: () => void, msg?: string): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof nodeAssert.AssertionError)) throw error;
    fail_(error.message, msg);
  }
}

/** Holds when `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Holds when `expr` is falsy. */
export function assertFalse(expr: unknown, msg?: string): asserts expr is false {
  if (expr) fail_("Expected expression to be falsy", msg);
}

/** Holds when `actual` and `expected` are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  check(() => nodeAssert.deepStrictEqual(actual, expected), msg);
}

/** Holds when `actual` and `expected` are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  check(() => nodeAssert.notDeepStrictEqual(actual, expected), msg);
}

/** Holds when `Object.is(actual, expected)`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  check(() => nodeAssert.strictEqual(actual, expected), msg);
}

/** Holds unless `Object.is(actual, expected)`. */
export function assertNotStrictEquals<T>(actual: T, expected: T, msg?: string): void {
  check(() => nodeAssert.notStrictEqual(actual, expected), msg);
}

/** Holds when `actual` is neither undefined nor null. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    fail_(`Expected actual: "${actual}" to not be null or undefined.`, msg);
  }
}

/** Holds when `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) {
    fail_(`Expected actual: "${actual}" to contain: "${expected}".`, msg);
  }
}

/** Holds when `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) fail_(`Expected actual: "${actual}" to match: "${expected}".`, msg);
}

/** Holds when `actual` does not match `expected`. */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void {
  if (expected.test(actual)) {
    fail_(`Expected actual: "${actual}" to not match: "${expected}".`, msg);
  }
}

/** Holds when every one of `expected` is deeply equal to an item of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  msg?: string,
): void {
  const missing = Array.from(expected).filter((wanted) =>
    !Array.from(actual).some((item) => isDeepEqual(item, wanted))
  );
  if (missing.length > 0) {
    fail_(
      `Expected actual: "${show(actual)}" to include: "${show(expected)}".\nmissing: ${
        show(missing)
      }`,
      msg,
    );
  }
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  try {
    nodeAssert.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

/** Holds when `actual` has at least the properties of `expected`, deeply. */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any -- the signature of @std/assert
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  const pick = (from: unknown, like: unknown): unknown => {
    if (Array.isArray(from) && Array.isArray(like)) {
      return from.map((item, i) => i < like.length ? pick(item, like[i]) : item).slice(
        0,
        like.length,
      );
    }
    if (from === null || like === null || typeof from !== "object" || typeof like !== "object") {
      return from;
    }
    if (Object.getPrototypeOf(like) !== Object.prototype) return from;
    return Object.fromEntries(
      Reflect.ownKeys(like).filter((k) => k in from).map((
        k,
      ) => [k, pick(Reflect.get(from, k), Reflect.get(like, k))]),
    );
  };
  check(() => nodeAssert.deepStrictEqual(pick(actual, expected), expected), msg);
}

/** Holds when `actual` is an instance of `expectedType`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: Constructor<T>,
  msg?: string,
): asserts actual is T {
  if (!(actual instanceof expectedType)) {
    fail_(
      `Expected object to be an instance of "${expectedType.name}" but was ${show(actual)}.`,
      msg,
    );
  }
}

/** Holds when `actual` lies within `tolerance` (default 1e-7 of `expected`) of `expected`. */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const bound = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (!(Math.abs(expected - actual) <= bound)) {
    fail_(
      `Expected actual: "${actual}" to be close to "${expected}": delta "${
        Math.abs(expected - actual)
      }" is greater than "${bound}".`,
      msg,
    );
  }
}

/** Holds when `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual > expected)) fail_(`Expect ${show(actual)} > ${show(expected)}`, msg);
}

/** Holds when `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual >= expected)) fail_(`Expect ${show(actual)} >= ${show(expected)}`, msg);
}

/** Holds when `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) fail_(`Expect ${show(actual)} < ${show(expected)}`, msg);
}

/** Holds when `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual <= expected)) fail_(`Expect ${show(actual)} <= ${show(expected)}`, msg);
}

/** Never holds. */
export function fail(msg?: string): never {
  fail_("Failed assertion.", msg);
}

/** Holds when `error` is an Error of `ErrorClass` whose message includes `msgMatches` (or matches it). */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any -- the signature of @std/assert
  ErrorClass?: abstract new (...args: any[]) => E,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) fail_(`Expected "error" to be an Error object.`, msg);
  if (ErrorClass && !(error instanceof ErrorClass)) {
    fail_(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor.name}".`,
      msg,
    );
  }
  const matches = msgMatches === undefined ||
    (typeof msgMatches === "string"
      ? error.message.includes(msgMatches)
      : msgMatches.test(error.message));
  if (!matches) {
    fail_(
      `Expected error message to include ${show(msgMatches)}, but got ${show(error.message)}.`,
      msg,
    );
  }
}

// deno-lint-ignore no-explicit-any -- the signature of @std/assert
type ErrorType<E extends Error> = abstract new (...args: any[]) => E;

/** Holds when `fn` throws; with `ErrorClass` and `msgIncludes` it says what. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorType<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClassOrMsg?: ErrorType<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const ErrorClass = typeof errorClassOrMsg === "string" ? undefined : errorClassOrMsg;
  const note = typeof errorClassOrMsg === "string" ? errorClassOrMsg : msg;
  let thrown: unknown;
  try {
    fn();
  } catch (error) {
    thrown = error;
    if (ErrorClass) assertIsError(error, ErrorClass, msgIncludes, note);
    return thrown;
  }
  fail_("Expected function to throw.", note);
}

/** Holds when the promise of `fn` rejects; with `ErrorClass` and `msgIncludes` it says what. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorType<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorType<E> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const ErrorClass = typeof errorClassOrMsg === "string" ? undefined : errorClassOrMsg;
  const note = typeof errorClassOrMsg === "string" ? errorClassOrMsg : msg;
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    fail_(`Function throws when expected to reject (${show(error)}).`, note);
  }
  try {
    await promise;
  } catch (error) {
    if (ErrorClass) assertIsError(error, ErrorClass, msgIncludes, note);
    return error;
  }
  fail_("Expected function to reject.", note);
}
