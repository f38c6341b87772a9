import { assertEquals } from "@std/assert";
import { FUNCTIONS } from "./mod.ts";

const NAMES = [
  "year",
  "month",
  "day_of_month",
  "day_of_year",
  "day_of_week",
  "hour",
  "minute",
  "days_in_month",
];

function dateOf(seconds: number): number[] {
  return NAMES.map((name) => {
    const implementation = FUNCTIONS.get(name);
    if (implementation?.kind !== "number") throw new TypeError(`${name}() takes no number`);
    return implementation.evaluate(seconds, []);
  });
}

/** The same by JavaScript, within the years that it knows. */
function expectedDate(seconds: number): number[] {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const first = new Date(0);
  first.setUTCFullYear(year, 0, 1);
  const last = new Date(0);
  last.setUTCFullYear(year, month + 1, 0);
  return [
    year,
    month + 1,
    date.getUTCDate(),
    Math.floor((date.getTime() - first.getTime()) / 86_400_000) + 1,
    date.getUTCDay(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    last.getUTCDate(),
  ];
}

Deno.test("hour(), day_of_year() and the like agree with JavaScript's dates", () => {
  const moments = [0, -1, 951_782_399, 951_782_400, 4_107_542_400, 1_709_164_800, 1e12, -1e12];
  for (let i = -500; i < 500; i++) moments.push(i * 86_400 * 123 + i * 97);
  for (const moment of moments) {
    assertEquals(dateOf(moment), expectedDate(moment), `${moment}`);
  }
});

Deno.test("hour(), minute() and the like cut fractions off towards zero", () => {
  assertEquals(dateOf(-0.5), expectedDate(0));
  assertEquals(dateOf(-1.5), expectedDate(-1));
});

Deno.test("year() and the like go beyond JavaScript's dates, as Prometheus does", () => {
  assertEquals(dateOf(1e15)[0], 31_690_708);
  assertEquals(dateOf(-1e15)[0], -31_686_769);
  assertEquals(dateOf(-1e15)[4], 0);
  for (const none of [NaN, Infinity, -Infinity]) {
    assertEquals(dateOf(none), [292_277_026_596, 12, 4, 339, 0, 15, 30, 31]);
  }
});

Deno.test("hour() without a vector is of the time", () => {
  const hour = FUNCTIONS.get("hour");
  assertEquals(hour?.kind === "number" && hour.defaultsToTime, true);
});
