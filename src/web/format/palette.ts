/** Grafana's palette-classic: the colour of the n-th series, starting over after the last. */
export const PALETTE: readonly string[] = [
  "green",
  "semi-dark-yellow",
  "light-blue",
  "semi-dark-orange",
  "red",
  "blue",
  "purple",
  ..."#705DA0 dark-green yellow #447EBC #C15C17 #890F02 #0A437C #6D1F62 #584477 #B7DBAB".split(" "),
  ..."#F4D598 #70DBED #F9BA8F #F29191 #82B5D8 #E5A8E2 #AEA2E0 #629E51 #E5AC0E #64B0C8".split(" "),
  ..."#E0752D #BF1B00 #0A50A1 #962D82 #614D93 #9AC48A #F2C96D #65C5DB #F9934E #EA6460".split(" "),
  ..."#5195CE #D683CE #806EB7 #3F6833 #967302 #2F575E #99440A #58140C #052B51 #511749".split(" "),
  ..."#3F2B5B #E0F9D7 #FCEACA #CFFAFF #F9E2D2 #FCE2DE #BADFF4 #F9D9F9 #DEDAF7".split(" "),
];

/** From super-light to dark, on a dark ground; on a light ground each is one shade darker. */
const HUES: readonly (readonly [string, string])[] = [
  ["red", "#FFA6B0 #FF7383 #F2495C #E02F44 #C4162A #AD0317"],
  ["orange", "#FFCB7D #FFB357 #FF9830 #FF780A #FA6400 #E55400"],
  ["yellow", "#FFF899 #FFEE52 #FADE2A #F2CC0C #E0B400 #CC9D00"],
  ["green", "#C8F2C2 #96D98D #73BF69 #56A64B #37872D #19730E"],
  ["blue", "#C0D8FF #8AB8FF #5794F2 #3274D9 #1F60C4 #1250B0"],
  ["purple", "#DEB6F2 #CA95E5 #B877D9 #A352CC #8F3BB8 #7C2EA3"],
];
const SHADES = ["super-light-", "light-", "", "semi-dark-", "dark-"];

/** Named colours by theme. `text` and `transparent` are names too. */
export const NAMED: Readonly<Record<"dark" | "light", ReadonlyMap<string, string>>> = {
  dark: named(0, "#CCCCDC"),
  light: named(1, "#24292E"),
};

function named(shift: number, text: string): ReadonlyMap<string, string> {
  const names = new Map([["text", text], ["transparent", "rgba(0, 0, 0, 0)"]]);
  for (const [hue, list] of HUES) {
    const colors = list.split(" ");
    SHADES.forEach((shade, at) => names.set(shade + hue, colors[at + shift] ?? text));
  }
  return names;
}
