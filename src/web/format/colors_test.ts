import { assert, assertEquals } from "@std/assert";
import { colorOf, contrast, mixed, readableOn, textOn, withAlpha } from "./colors.ts";

Deno.test("colorOf() knows Grafana's names in both themes, and keeps what is a colour already", () => {
  assertEquals(colorOf("dark-red", "dark"), "#C4162A");
  assertEquals(colorOf("dark-red", "light"), "#AD0317");
  assertEquals(colorOf("#123456", "dark"), "#123456");
  assertEquals(colorOf("rgb(1, 2, 3)", "dark"), "rgb(1, 2, 3)");
});

Deno.test("withAlpha() takes every way to write a colour", () => {
  assertEquals(withAlpha("#fff", 0.5), "rgba(255, 255, 255, 0.5)");
  assertEquals(withAlpha("rgb(1, 2, 3)", 0.25), "rgba(1, 2, 3, 0.25)");
});

Deno.test("mixed() is between its colours", () => {
  assertEquals(mixed("#000000", "#ffffff", 0.5), "#808080");
});

Deno.test("readableOn() leaves what can be read, and changes the rest until it can", () => {
  assertEquals(readableOn("#ffffff", "#161a20"), "#ffffff");
  for (const color of ["#F2CC0C", "#56A64B", "#FF780A"]) {
    assert(contrast(readableOn(color, "#ffffff"), "#ffffff") >= 4.5, color);
  }
});

Deno.test("textOn() is dark on light colours and light on dark ones", () => {
  assertEquals([textOn("#FADE2A"), textOn("#1F60C4")], ["#111217", "#ffffff"]);
});
