import { assertEquals, assertThrows } from "@std/assert";
import { ApiError } from "./failure.ts";
import { Form, readForm } from "./form.ts";

function formOf(text: string): Form {
  const form = new Form();
  form.add(text);
  return form;
}

Deno.test("Form reads names and values, with their escapes", () => {
  const form = formOf("a=1&b=%C3%A9+%2B&a=2&c&&d==");
  assertEquals(form.all("a"), ["1", "2"]);
  assertEquals(["a", "b", "c", "d", "e"].map((name) => form.get(name)), ["1", "é +", "", "=", ""]);
});

Deno.test("Form keeps bytes that are not UTF-8 apart from all characters", () => {
  assertEquals(formOf("a=x%ff").get("a"), "x\udcff");
  assertEquals(formOf("a=%aFé+%2B%7a%C3").get("a"), "\udcafé +z\udcc3");
  const long = "%ff+%41".repeat(10_000);
  assertEquals(formOf(`a=${long}`).get("a"), "\udcff A".repeat(10_000));
  assertEquals(formOf(`a=${"b+".repeat(10_000)}`).get("a"), "b ".repeat(10_000));
});

Deno.test("Form leaves out what cannot be read, and says so when asked", () => {
  for (
    const [text, fault] of [
      ["a=1&b=%zz", 'invalid URL escape "%zz"'],
      ["b=%4&a=1", 'invalid URL escape "%4"'],
      ["a=1&b=2;c=3", "invalid semicolon separator in query"],
    ] as const
  ) {
    const form = formOf(text);
    assertEquals([form.get("a"), form.get("b")], ["1", ""], text);
    const error = assertThrows(() => form.requireWhole(), ApiError);
    assertEquals(error.message, `error parsing form values: ${fault}`);
  }
});

Deno.test("readForm() takes the body's parameters before the address'", async () => {
  const form = await readForm(
    new Request("http://127.0.0.1/", {
      method: "POST",
      headers: { "content-type": "Application/X-WWW-Form-URLencoded; charset=utf-8" },
      body: "a=1",
    }),
    new URL("http://127.0.0.1/?a=2&b=3"),
  );
  assertEquals([form.all("a"), form.get("b")], [["1", "2"], "3"]);
});

Deno.test("readForm() leaves a body alone that is not a form", async () => {
  const request = new Request("http://127.0.0.1/", { method: "POST", body: "a=1" });
  assertEquals((await readForm(request, new URL("http://127.0.0.1/"))).get("a"), "");
});

Deno.test("Form refuses more parameters than anybody needs", () => {
  assertEquals(formOf("a=1&".repeat(999)).all("a").length, 999);
  assertThrows(() => formOf("&".repeat(1_000_000)), ApiError, "at most 1000 are read");
});
