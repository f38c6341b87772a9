/**
 * A number with a fixed count of decimals; without a count, as many as show three significant digits
 * and none for an integer, which is Grafana's rule. Numbers too large for that keep their exponent.
 */
export function fixed(value: number, decimals?: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const places = Math.min(20, Math.max(0, decimals ?? automaticDecimals(value)));
  const text = roundedHalfUp(value, places);
  return text.includes("e") ? text : padded(text, places);
}

function automaticDecimals(value: number): number {
  if (Number.isInteger(value)) return 0;
  return Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
}

function roundedHalfUp(value: number, places: number): string {
  const factor = 10 ** places;
  // A value that has no fraction left at this size must not overflow by being scaled.
  const scaled = value * factor;
  const rounded = Number.isFinite(scaled) ? Math.round(scaled) / factor : value;
  return String(rounded === 0 ? 0 : rounded);
}

function padded(text: string, places: number): string {
  const point = text.indexOf(".");
  const present = point === -1 ? 0 : text.length - point - 1;
  if (present >= places) return text;
  return (point === -1 ? `${text}.` : text) + "0".repeat(places - present);
}
