import { expect, test } from "vitest";
import { startPeople } from "./people";

test("who somebody is becomes part of what every button sends that speaks of people", () => {
  document.body.innerHTML = `<main>
    <select data-person="a@there"><option value="">-</option><option value="a@here">A</option></select>
    <form data-body='{"to":"x","people":{"b@there":"b@here"}}'></form><button data-body='{"other":1}'></button></main>`;
  startPeople();
  const [person] = document.querySelectorAll("select");
  const say = (value: string): void => {
    person!.value = value;
    person!.dispatchEvent(new Event("change", { bubbles: true }));
  };
  say("a@here");
  expect(document.querySelector("form")?.dataset.body).toBe('{"to":"x","people":{"b@there":"b@here","a@there":"a@here"}}');
  say("");
  expect(document.querySelector("form")?.dataset.body).toBe('{"to":"x","people":{"b@there":"b@here"}}');
  expect(document.querySelector("button")?.dataset.body).toBe('{"other":1}');
});
