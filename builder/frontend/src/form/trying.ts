// The form at work on a record that one chooses, as a role, in a language, at the width of a desk or of a phone. A phone
// is a window of its own, 375 px wide, so that it can stand beside the canvas.
import { html, type TemplateResult } from "lit";
import { debounce } from "@ui/dom";
import { ask } from "@ui/net";
import { say } from "@ui/words";
import { choose } from "../core/choose";

interface Found {
  id: string;
  title: string;
}

interface Way {
  record: string;
  role: string;
  language: string;
  isPhone: boolean;
}

const PHONE = "popup,width=375,height=812";

/** The address of the same form, looked at in another way. url: `/preview/main/-/en/app/-/form/deal.main`. */
export function addressOf(url: string, way: Way): string {
  const [, head = "", rest = ""] = /^(\/preview\/[^/]+)\/[^/]+\/[^/]+(\/.*)$/.exec(url) ?? [];
  const query = way.record ? `?${new URLSearchParams({ record: way.record })}` : "";
  return `${head}/${way.role}/${way.language}${rest}${query}`;
}

function options(list: HTMLSelectElement, found: Found[]): void {
  const made = found.map((each) => Object.assign(document.createElement("option"), { value: each.id, textContent: each.title }));
  list.replaceChildren(...[...list.options].slice(0, 1), ...made);
}

/** Finds records by their title, a moment after what was typed last. */
function finder(records: string, entity: string, list: () => HTMLSelectElement | null): (text: string) => void {
  let wanted = "";
  const soon = debounce(() => void look(), 200);
  const look = async () => {
    const answer = await ask(`${records}?${String(new URLSearchParams({ entity, q: wanted }))}`);
    const here = list();
    if (answer?.ok && here) options(here, (await answer.json()) as Found[]);
  };
  return (text) => {
    wanted = text;
    soon();
  };
}

function body(way: Way, roles: [string, string][], find: (text: string) => void): TemplateResult {
  const width = (isPhone: boolean, text: string) => html`<label class="row-flex"><input type="radio" class="form-check-input" name="width" .checked=${way.isPhone === isPhone} @change=${() => (way.isPhone = isPhone)}>${text}</label>`;
  return html`<div class="field"><label for="try-record">${say("build_try_record")}</label><select class="form-select" id="try-record" @change=${(event: Event) => (way.record = (event.target as HTMLSelectElement).value)}><option value="">${say("build_try_newest")}</option></select>
      <input class="form-control" type="search" aria-label=${say("build_find_record")} placeholder=${say("build_find_record")} autocomplete="off" @input=${(event: Event) => find((event.target as HTMLInputElement).value)}></div>
    <div class="field"><label for="try-role">${say("build_try_role")}</label><select class="form-select" id="try-role" @change=${(event: Event) => (way.role = (event.target as HTMLSelectElement).value)}><option value="-">${say("build_try_self")}</option>${roles.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select></div>
    <div class="field"><label for="try-language">${say("build_try_language")}</label><select class="form-select" id="try-language" @change=${(event: Event) => (way.language = (event.target as HTMLSelectElement).value)}><option value="en" lang="en" ?selected=${way.language === "en"}>English</option><option value="zh" lang="zh-Hans" ?selected=${way.language === "zh"}>中文</option></select></div>
    <fieldset class="choices"><legend class="medium">${say("build_try_width")}</legend>${width(false, say("build_try_desk"))}${width(true, say("build_try_phone"))}</fieldset>`;
}

/** Asks how, and opens it. now: as the canvas shows it. */
export async function tryAs(button: HTMLElement, url: string, entity: string, now: { language: string; isPhone: boolean }): Promise<void> {
  const way: Way = { record: "", role: "-", ...now };
  const find = finder(button.dataset.records ?? "", entity, () => document.querySelector("#try-record"));
  find("");
  const roles = JSON.parse(button.dataset.roles ?? "[]") as [string, string][];
  const answers = [{ value: "yes", text: say("build_try"), look: "primary" as const }, { value: "", text: say("cancel") }];
  if ((await choose(say("build_try"), body(way, roles, find), answers)) !== "yes") return;
  window.open(addressOf(url, way), way.isPhone ? "sartor-trial-phone" : "sartor-trial", way.isPhone ? PHONE : "");
}
