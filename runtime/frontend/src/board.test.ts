import { beforeEach, expect, test, vi } from "vitest";

const answers = vi.hoisted(() => ({ ask: vi.fn(), toast: vi.fn() }));
// htmx asks for XPath when it is loaded, which this DOM does not have.
vi.mock("htmx.org", () => ({ default: { process: () => undefined } }));
vi.mock("@ui/net", () => ({ ask: answers.ask, refuse: async () => undefined }));
vi.mock("@ui/toast", () => ({ toast: answers.toast }));
vi.mock("./board_drag", () => ({ dragCards: () => undefined }));

import "./board";
import { startEntering } from "./entering";

startEntering();

const card = (id: string, moves = true) => `<li data-card="${id}"><article tabindex="-1" data-stop data-version="1"${moves ? ` data-move="/move/${id}"` : ""}><a class="name" href="#${id}">${id}</a></article></li>`;
const lane = (key: string, ...cards: string[]) => `<section data-lane="${key}" data-title="${key}"><ul data-cards>${cards.join("")}</ul></section>`;
const opened: string[] = [];

beforeEach(() => {
  opened.length = 0;
  answers.ask.mockReset().mockResolvedValue({ ok: false });
  const box = document.createElement("div");
  box.innerHTML = `<sartor-board>${lane("new", card("a"), card("b"))}${lane("won")}${lane("lost", card("c", false))}</sartor-board>`;
  box.addEventListener("click", (event) => opened.push((event.target as Element).textContent ?? ""));
  document.body.replaceChildren(box);
});

const stop = (id: string) => document.querySelector(`[data-card="${id}"] [data-stop]`) as HTMLElement;
const places = () => Object.fromEntries([...document.querySelectorAll<HTMLElement>("[data-card]")].map((each) => [each.dataset.card, each.closest<HTMLElement>("[data-lane]")?.dataset.lane]));
function press(...keys: string[]): void {
  for (const key of keys) {
    const repeat = key.startsWith("held ");
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key: key.replace("held ", ""), repeat, bubbles: true, cancelable: true }));
  }
}

test("a card is carried to the next lane", () => {
  answers.ask.mockReturnValue(new Promise(() => undefined));
  stop("b").focus();
  press("m", "ArrowRight", "Enter");
  expect(places().b).toBe("won");
  expect(opened).toEqual([]);
});

test("keys that are held a moment too long neither drop the card at once nor open it afterwards", () => {
  answers.ask.mockReturnValue(new Promise(() => undefined));
  stop("b").focus();
  press("m", "held m", "held m", "ArrowRight", "Enter", "held Enter");
  expect(places().b).toBe("won");
  expect(opened).toEqual([]);
});

test("without a card in focus M picks up the one that Tab would come to, so that Enter never opens a neighbour", () => {
  answers.ask.mockReturnValue(new Promise(() => undefined));
  stop("b").focus();
  stop("b").blur();
  press("m", "ArrowRight", "Enter");
  expect(places().b).toBe("won");
  expect(opened).toEqual([]);
});

test("a card that was picked up again before the answer to its last move came goes on from where it stands", async () => {
  let tell: (answer: unknown) => void = () => undefined;
  answers.ask.mockReturnValueOnce(new Promise((resolve) => { tell = resolve; }));
  stop("b").focus();
  press("m", "ArrowRight", "Enter", "m");
  tell({ ok: true, json: async () => ({ card: card("b"), lanes: {} }) });
  await vi.waitFor(() => expect(stop("b").closest("[aria-busy]")).toBeNull());
  answers.ask.mockReturnValue(new Promise(() => undefined));
  press("ArrowLeft", "Enter");
  expect(places()).toEqual({ a: "new", b: "new", c: "lost" });
  expect(document.querySelectorAll("[data-card]")).toHaveLength(3);
});

test("a card that may not be moved says so", () => {
  stop("c").focus();
  press("m");
  expect(answers.toast).toHaveBeenLastCalledWith("not_moved", "bad");
});
