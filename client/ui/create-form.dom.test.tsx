import { cleanup, fireEvent, render, screen } from "@solidjs/testing-library";
import { afterEach, expect, test } from "vitest";

import { createForm } from "./create-form.ts";
import { Field } from "./Field.tsx";

afterEach(cleanup);

function openForm() {
  const sent: string[] = [];
  render(() => {
    const form = createForm({
      start: { name: "" },
      check: ({ name }) => ({ name: name.length > 3 ? "Too long." : undefined }),
      send: async ({ name }) => void sent.push(name),
    });
    return (
      <form onSubmit={form.submit}>
        <Field {...form.field("name")} label="Name" />
        <button type="submit">Send</button>
      </form>
    );
  });
  return { sent, field: screen.getByLabelText("Name") };
}

test("a mistake is told when the field is left, not while somebody types", async () => {
  const { field } = openForm();
  fireEvent.input(field, { target: { value: "Alice" } });
  expect(screen.queryByRole("alert")).toBeNull();

  fireEvent.blur(field);
  fireEvent.keyUp(document.body);
  expect((await screen.findByRole("alert")).textContent).toBe("Too long.");
});

test("nothing moves between press and release, so that a click lands where it was aimed", async () => {
  const { field } = openForm();
  fireEvent.input(field, { target: { value: "Alice" } });
  fireEvent.pointerDown(document.body);
  fireEvent.blur(field);
  expect(screen.queryByRole("alert")).toBeNull();

  fireEvent.pointerUp(document.body);
  expect(await screen.findByRole("alert")).toBeTruthy();
});

test("a form with a mistake is not sent, a corrected one is", async () => {
  const { field, sent } = openForm();
  fireEvent.input(field, { target: { value: "Alice" } });
  fireEvent.click(screen.getByRole("button"));
  expect(sent).toEqual([]);

  fireEvent.input(field, { target: { value: "Bob" } });
  fireEvent.click(screen.getByRole("button"));
  await expect.poll(() => sent).toEqual(["Bob"]);
});
