/** Functions of a moment, given in seconds since the unix epoch, UTC. */
import type { FunctionImplementation } from "./function.ts";

const DAY = 86_400;

/** Days of 400 years, after which the calendar repeats itself. */
const ERA = 146_097;

/** What Prometheus takes for a number that is no 64-bit integer, such as NaN: a Sunday in December. */
const NO_TIME = 2 ** 63;

export const DATES: ReadonlyMap<string, FunctionImplementation> = new Map([
  of("minute", (seconds) => Math.floor(secondOfDay(seconds) / 60) % 60),
  of("hour", (seconds) => Math.floor(secondOfDay(seconds) / 3600)),
  of("day_of_week", (seconds) => modulo(dayOf(seconds) + 4, 7)),
  of("day_of_month", (seconds) => dateOf(seconds).day),
  of("day_of_year", (seconds) => {
    const day = dayOf(seconds);
    return day - firstDay(dateOf(seconds).year, 1) + 1;
  }),
  of("days_in_month", (seconds) => {
    const { year, month } = dateOf(seconds);
    return firstDay(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1) -
      firstDay(year, month);
  }),
  of("month", (seconds) => dateOf(seconds).month),
  of("year", (seconds) => dateOf(seconds).year),
]);

function of(name: string, evaluate: (seconds: number) => number): [string, FunctionImplementation] {
  return [name, {
    kind: "number",
    defaultsToTime: true,
    evaluate: (value) => evaluate(wholeSeconds(value)),
  }];
}

function wholeSeconds(value: number): number {
  return Math.abs(value) < 2 ** 63 ? Math.trunc(value) : NO_TIME;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function secondOfDay(seconds: number): number {
  return modulo(seconds, DAY);
}

/** Days since 1970-01-01. */
function dayOf(seconds: number): number {
  return Math.round((seconds - secondOfDay(seconds)) / DAY);
}

/**
 * The date in the Gregorian calendar, also long before it was in use. Years are counted from March,
 * so that the leap day is the last of them.
 */
function dateOf(seconds: number): { year: number; month: number; day: number } {
  const sinceYear0 = dayOf(seconds) + 719_468;
  const era = Math.floor(sinceYear0 / ERA);
  const dayOfEra = sinceYear0 - era * ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (ERA - 1))) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Days from 1970-01-01 to the first day of a month. */
function firstDay(year: number, month: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * ERA + dayOfEra - 719_468;
}
