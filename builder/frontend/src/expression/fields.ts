// Fields that conditions may be about, step by step: the own ones, then those behind a lookup that was chosen.
import { html, nothing, type TemplateResult } from "lit";
import { say } from "@ui/words";
import type { Asking, ConditionField } from "./asking";

export class Fields {
  private known = new Map<string, ConditionField[]>();
  private asking: Asking | undefined;

  constructor(private told: () => void) {}

  of(asking: Asking | undefined): void {
    this.asking = asking;
    this.known.clear();
  }

  /** The fields behind a path; none until the server has told. */
  below(path: string): ConditionField[] {
    const known = this.known.get(path);
    if (known) return known;
    this.known.set(path, []);
    void this.asking?.fields(path).then((found) => {
      if (!found.length) return;
      this.known.set(path, found);
      this.told();
    });
    return [];
  }
}

/** One box for each step of a path; behind a lookup stands its record itself, or a field of it. */
export function fieldChoice(fields: Fields, path: string, choose: (field: ConditionField) => void): TemplateResult[] {
  const steps = path.split(".");
  const boxes: TemplateResult[] = [];
  for (let depth = 0; depth <= steps.length; depth += 1) {
    const above = steps.slice(0, depth).join(".");
    const owner = depth ? fields.below(steps.slice(0, depth - 1).join(".")).find((each) => each.path === above) : undefined;
    if (depth && !owner?.leads) break;
    boxes.push(box(fields.below(above), { now: steps.slice(0, depth + 1).join("."), above, owner, choose }));
  }
  return boxes;
}

interface Box {
  now: string;
  above: string;
  owner: ConditionField | undefined;
  choose(field: ConditionField): void;
}

function box(offered: ConditionField[], { now, above, owner, choose }: Box): TemplateResult {
  const chosen = (event: Event) => {
    const value = (event.target as HTMLSelectElement).value;
    const field = value ? offered.find((each) => each.path === value) : owner;
    if (field) choose(field);
  };
  const isKnown = offered.some((each) => each.path === now);
  return html`<select class="form-select" data-step aria-label=${owner ? say("build_field_behind", { text: owner.text }) : say("build_condition_field")} @change=${chosen}>
    ${owner ? html`<option value="" .selected=${now === above}>${say("build_itself", { text: owner.text })}</option>` : isKnown ? nothing : html`<option value=${now} .selected=${true}>${now}</option>`}
    ${offered.map((each) => html`<option value=${each.path} .selected=${each.path === now}>${owner ? "› " : ""}${each.text}</option>`)}</select>`;
}
