// The form at work on a record that one chooses, as a role, in a language, at the width of a desk or of a phone. A phone
// is a window of its own, 375 px wide, so that it can stand beside the canvas.
import { html, nothing, render, type TemplateResult } from "lit";
import { say } from "@ui/words";
import { choose } from "../core/choose";
import { Finding } from "../core/finding";

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

function whichRecord(finding: Finding): TemplateResult {
  return html`<div class="field"><label for="try-record">${say("build_try_record")}</label><select class="form-select" id="try-record" @change=${finding.choose}></select>
      ${finding.box()}</div>`;
}

function body(way: Way, roles: [string, string][], record: TemplateResult | typeof nothing): TemplateResult {
  const width = (isPhone: boolean, text: string) => html`<label class="row-flex"><input type="radio" class="form-check-input" name="width" .checked=${way.isPhone === isPhone} @change=${() => (way.isPhone = isPhone)}>${text}</label>`;
  return html`${record}
    <div class="field"><label for="try-role">${say("build_try_role")}</label><select class="form-select" id="try-role" @change=${(event: Event) => (way.role = (event.target as HTMLSelectElement).value)}><option value="-">${say("build_try_self")}</option>${roles.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select></div>
    <div class="field"><label for="try-language">${say("build_try_language")}</label><select class="form-select" id="try-language" @change=${(event: Event) => (way.language = (event.target as HTMLSelectElement).value)}><option value="en" lang="en" ?selected=${way.language === "en"}>English</option><option value="zh" lang="zh-Hans" ?selected=${way.language === "zh"}>中文</option></select></div>
    <fieldset class="choices"><legend class="medium">${say("build_try_width")}</legend>${width(false, say("build_try_desk"))}${width(true, say("build_try_phone"))}</fieldset>`;
}

/** Asks how, and opens it; on a record only where the form is for records that are there. now: as the canvas shows it. */
export async function tryAs(button: HTMLElement, url: string, form: { entity: string; isMain: boolean }, now: { language: string; isPhone: boolean }): Promise<void> {
  const way: Way = { record: "", role: "-", ...now };
  const finding = new Finding(button.dataset.records ?? "", form.entity, false);
  const roles = JSON.parse(button.dataset.roles ?? "[]") as [string, string][];
  const answers = [{ value: "yes", text: say("build_try"), look: "primary" as const }, { value: "", text: say("cancel") }];
  const answer = choose(say("build_try"), body(way, roles, form.isMain ? whichRecord(finding) : nothing), answers);
  const list = document.querySelector<HTMLElement>("#try-record");
  if (list) {
    const draw = () => void render(finding.options(say("build_try_newest")), list);
    finding.addEventListener("told", draw);
    draw();
    void finding.find();
  }
  if ((await answer) !== "yes") return;
  window.open(addressOf(url, { ...way, record: finding.record }), way.isPhone ? "sartor-trial-phone" : "sartor-trial", way.isPhone ? PHONE : "");
}
