import { dateParts } from "./zone.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const TOKENS =
  /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DD|Do|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|SSS|A|a|X|x/g;

/** A time (milliseconds) by a pattern of moment.js' letters, as in the unit `time:YYYY-MM-DD`. */
export function pattern(ms: number, format: string, zone: string | undefined): string {
  if (!Number.isFinite(ms)) return "Invalid date";
  const at = dateParts(ms, zone);
  const half = at.hour % 12 === 0 ? 12 : at.hour % 12;
  const month = MONTHS[at.month - 1] ?? "";
  const day = DAYS[at.weekday] ?? "";
  const texts: Readonly<Record<string, string>> = {
    YYYY: String(at.year),
    YY: String(at.year).slice(-2),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: two(at.month),
    M: String(at.month),
    DD: two(at.day),
    Do: String(at.day) + ordinal(at.day),
    D: String(at.day),
    dddd: day,
    ddd: day.slice(0, 3),
    HH: two(at.hour),
    H: String(at.hour),
    hh: two(half),
    h: String(half),
    mm: two(at.minute),
    m: String(at.minute),
    ss: two(at.second),
    s: String(at.second),
    SSS: String(at.millisecond).padStart(3, "0"),
    A: at.hour < 12 ? "AM" : "PM",
    a: at.hour < 12 ? "am" : "pm",
    X: String(Math.floor(ms / 1000)),
    x: String(ms),
  };
  return format.replace(TOKENS, (token, quoted?: string) => quoted ?? texts[token] ?? token);
}

function ordinal(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
