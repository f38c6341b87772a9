/**
 * Text that outlives its page.
 *
 * @module
 */

/**
 * The same text with characters of its own. A slice of 13 characters or more is a view in V8 that keeps
 * the whole page in memory; a slice of a short joined string keeps that alone.
 */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
