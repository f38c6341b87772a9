import { fixed } from "./decimals.ts";
import { DURATION_UNITS } from "./duration_units.ts";
import { binary, count, currency, plain, scaled, si } from "./scaling.ts";
import { DATE_UNITS } from "./date_units.ts";
import type { Unit } from "./unit.ts";

type Entries = readonly (readonly [string, Unit])[];

const MISC: Entries = [
  ["none", plain("")],
  ["string", (value) => ({ text: String(value) })],
  [
    "short",
    scaled(1000, ["", " K", " Mil", " Bil", " Tri", " Quadr", " Quint", " Sext", " Sept"]),
  ],
  ["sishort", si("")],
  ["percent", percent(1)],
  ["percentunit", percent(100)],
  ["humidity", plain("%H")],
  ["dB", plain("dB")],
  ["candela", plain("cd")],
  ["hex0x", (value) => ({ text: hexadecimal(value, "0x") })],
  ["hex", (value) => ({ text: hexadecimal(value, "") })],
  ["sci", (value, decimals) => ({ text: value.toExponential(decimals) })],
  ["locale", (value, decimals) => ({ text: grouped(value, decimals) })],
  ["pixel", plain("px")],
  ["bool", yesNo("True", "False")],
  ["bool_yes_no", yesNo("Yes", "No")],
  ["bool_on_off", yesNo("On", "Off")],
];

const TEMPERATURE: Entries = [
  ["celsius", plain("°C")],
  ["fahrenheit", plain("°F")],
  ["farenheit", plain("°F")],
  ["kelvin", plain("K")],
];

const THROUGHPUT: Entries = [
  ["cps", "c/s"],
  ["ops", "ops/s"],
  ["reqps", "req/s"],
  ["rps", "rd/s"],
  ["wps", "wr/s"],
  ["iops", "io/s"],
  ["eps", "evt/s"],
  ["mps", "msg/s"],
  ["recps", "rec/s"],
  ["rowsps", "rows/s"],
  ["cpm", "c/m"],
  ["opm", "ops/m"],
  ["reqpm", "req/m"],
  ["rpm", "rd/m"],
  ["wpm", "wr/m"],
  ["epm", "evts/m"],
  ["mpm", "msgs/m"],
  ["recpm", "rec/m"],
  ["rowspm", "rows/m"],
].map(([id = "", symbol = ""]) => [id, count(symbol)] as const);

const DATA: Entries = [
  ["bits", binary("b")],
  ["bytes", binary("B")],
  ["decbits", si("b")],
  ["decbytes", si("B")],
  ...["k", "m", "g", "t", "p"].flatMap((letter, at): Entries => [
    [`${letter}bytes`, binary("B", at + 1)],
    [`dec${letter}bytes`, si("B", at + 1)],
  ]),
];

const DATA_RATE: Entries = [
  ["pps", si("p/s")],
  ["binBps", binary("B/s")],
  ["Bps", si("B/s")],
  ["binbps", binary("b/s")],
  ["bps", si("b/s")],
  ...["K", "M", "G", "T", "P"].flatMap((letter, at): Entries => [
    [`${letter}iBs`, binary("B/s", at + 1)],
    [`${letter}ibits`, binary("b/s", at + 1)],
    [`${letter}Bs`, si("B/s", at + 1)],
    [`${letter}bits`, si("b/s", at + 1)],
  ]),
];

const COMPUTATION: Entries = [
  ["flops", si("FLOPS")],
  ...["m", "g", "t", "p", "e", "z", "y"].map((letter, at) =>
    [`${letter}flops`, si("FLOPS", at + 2)] as const
  ),
  ["Hs", si("H/s")],
  ...["K", "M", "G", "T", "P", "E"].map((letter, at) =>
    [`${letter}Hs`, si("H/s", at + 1)] as const
  ),
];

/** Symbols that take an SI prefix: id, symbol, and the power of the prefix in which values come. */
const SCALED: readonly (readonly [string, string, number?])[] = [
  ["hertz", "Hz"],
  ["rothz", "Hz"],
  ["watt", "W"],
  ["kwatt", "W", 1],
  ["megwatt", "W", 2],
  ["gwatt", "W", 3],
  ["mwatt", "W", -1],
  ["voltamp", "VA"],
  ["kvoltamp", "VA", 1],
  ["voltampreact", "VAr"],
  ["kvoltampreact", "VAr", 1],
  ["watth", "Wh"],
  ["watthperkg", "Wh/kg"],
  ["kwatth", "Wh", 1],
  ["kwattm", "W-Min", 1],
  ["amph", "Ah"],
  ["kamph", "Ah", 1],
  ["mamph", "Ah", -1],
  ["joule", "J"],
  ["ev", "eV"],
  ["amp", "A"],
  ["kamp", "A", 1],
  ["mamp", "A", -1],
  ["volt", "V"],
  ["kvolt", "V", 1],
  ["mvolt", "V", -1],
  ["ohm", "Ω"],
  ["kohm", "Ω", 1],
  ["Mohm", "Ω", 2],
  ["farad", "F"],
  ["µfarad", "F", -2],
  ["nfarad", "F", -3],
  ["pfarad", "F", -4],
  ["ffarad", "F", -5],
  ["henry", "H"],
  ["mhenry", "H", -1],
  ["µhenry", "H", -2],
  ["lumens", "Lm"],
  ["dBm", "dBm"],
  ["forceNm", "Nm"],
  ["forcekNm", "Nm", 1],
  ["forceN", "N"],
  ["forcekN", "N", 1],
  ["massmg", "g", -1],
  ["massg", "g"],
  ["masskg", "g", 1],
  ["lengthmm", "m", -1],
  ["lengthm", "m"],
  ["lengthkm", "m", 1],
  ["pressurembar", "bar", -1],
  ["pressurebar", "bar"],
  ["pressurekbar", "bar", 1],
  ["pressurepa", "Pa"],
  ["radbq", "Bq"],
  ["radci", "Ci"],
  ["radgy", "Gy"],
  ["radrad", "rad"],
  ["radsv", "Sv"],
  ["radmsv", "Sv", -1],
  ["radusv", "Sv", -2],
  ["radrem", "rem"],
  ["radexpckg", "C/kg"],
  ["radr", "R"],
  ["radsvh", "Sv/h"],
  ["radmsvh", "Sv/h", -1],
  ["radusvh", "Sv/h", -2],
  ["mlitre", "L", -1],
  ["litre", "L"],
];

/** Symbols that are never scaled. */
const PLAIN: readonly (readonly [string, string])[] = [
  ["accMS2", "m/sec²"],
  ["accFS2", "f/sec²"],
  ["accG", "g"],
  ["degree", "°"],
  ["radian", "rad"],
  ["grad", "grad"],
  ["arcmin", "arcmin"],
  ["arcsec", "arcsec"],
  ["areaM2", "m²"],
  ["areaF2", "ft²"],
  ["areaMI2", "mi²"],
  ["acres", "ac"],
  ["hectares", "ha"],
  ["ppm", "ppm"],
  ["conppb", "ppb"],
  ["conngm3", "ng/m³"],
  ["conngNm3", "ng/Nm³"],
  ["conμgm3", "μg/m³"],
  ["conμgNm3", "μg/Nm³"],
  ["conmgm3", "mg/m³"],
  ["conmgNm3", "mg/Nm³"],
  ["congm3", "g/m³"],
  ["congNm3", "g/Nm³"],
  ["conmgdL", "mg/dL"],
  ["conmmolL", "mmol/L"],
  ["Wm2", "W/m²"],
  ["flowgpm", "gpm"],
  ["flowcms", "cms"],
  ["flowcfs", "cfs"],
  ["flowcfm", "cfm"],
  ["litreh", "L/h"],
  ["flowlpm", "L/min"],
  ["flowmlpm", "mL/min"],
  ["lux", "lux"],
  ["masslb", "lb"],
  ["masst", "t"],
  ["lengthin", "in"],
  ["lengthft", "ft"],
  ["lengthmi", "mi"],
  ["pressurehpa", "hPa"],
  ["pressurekpa", "kPa"],
  ["pressurehg", '"Hg'],
  ["rotrpm", "rpm"],
  ["rotrads", "rad/s"],
  ["rotdegs", "°/s"],
  ["velocityms", "m/s"],
  ["velocitykmh", "km/h"],
  ["velocitymph", "mph"],
  ["velocityknot", "kn"],
  ["m3", "m³"],
  ["Nm3", "Nm³"],
  ["dm3", "dm³"],
  ["gallons", "gal"],
];

const CURRENCIES: Entries = [
  ...([
    ["USD", "$"],
    ["GBP", "£"],
    ["EUR", "€"],
    ["JPY", "¥"],
    ["RUB", "₽"],
    ["UAH", "₴"],
    ["BRL", "R$"],
    ["CZK", "czk"],
    ["CHF", "CHF"],
    ["PLN", "PLN"],
    ["BTC", "฿"],
    ["mBTC", "mBTC"],
    ["μBTC", "μBTC"],
    ["ZAR", "R"],
    ["INR", "₹"],
    ["KRW", "₩"],
    ["IDR", "Rp"],
    ["PHP", "PHP"],
    ["VND", "đ"],
    ["TRY", "₺"],
    ["MYR", "RM"],
    ["XPF", "XPF"],
    ["BGN", "BGN"],
    ["PYG", "₲"],
    ["UYU", "UYU"],
    ["ILS", "₪"],
  ] as const).map(([code, symbol]) => [`currency${code}`, currency(symbol)] as const),
  ...["DKK", "ISK", "NOK", "SEK"].map((code) => [`currency${code}`, currency("kr", true)] as const),
];

/** Every unit that has an id of its own. */
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...MISC,
  ...DURATION_UNITS,
  ...DATE_UNITS,
  ...TEMPERATURE,
  ...THROUGHPUT,
  ...DATA,
  ...DATA_RATE,
  ...COMPUTATION,
  ...SCALED.map(([id, symbol, power]) => [id, si(symbol, power)] as const),
  ...PLAIN.map(([id, symbol]) => [id, plain(symbol)] as const),
  ...CURRENCIES,
  ["pressurepsi", scaled(1000, [" psi", " ksi", " Mpsi"])],
]);

function percent(factor: number): Unit {
  return (value, decimals) => ({ text: fixed(value * factor, decimals), suffix: "%" });
}

function hexadecimal(value: number, prefix: string): string {
  const digits = Math.abs(Number(fixed(value, 0))).toString(16).toUpperCase();
  return (value < 0 ? "-" : "") + prefix + digits;
}

function grouped(value: number, decimals: number | undefined): string {
  return value.toLocaleString("en-US", {
    maximumFractionDigits: decimals ?? 3,
    minimumFractionDigits: decimals ?? 0,
  });
}

function yesNo(yes: string, no: string): Unit {
  return (value) => ({ text: value !== 0 && !Number.isNaN(value) ? yes : no });
}
