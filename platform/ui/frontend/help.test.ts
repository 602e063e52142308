import { expect, test } from "vitest";
import { keys } from "./help";

test("keys are listed with the names of their buttons", () => {
  document.body.innerHTML = `<a data-jump>Search<kbd>Ctrl K</kbd></a><a data-key="N"><span class="words">New deal</span><kbd>N</kbd></a>
    <summary data-key="V" data-key-text="Views">All deals<span class="count">35</span></summary>
    <details><summary data-key="F">Filter<kbd>F</kbd></summary></details><p class="hints"><span><kbd>X</kbd>choose</span></p>`;
  expect(Object.fromEntries(keys())).toEqual({ "Ctrl K": "Search", N: "New deal", V: "Views", F: "Filter", X: "choose" });
});
