// An icon as a template: drawn anew with its surroundings it stays the element that it is, where a new element each time
// would be laid out again. For designers with hundreds of them.
import { html, type TemplateResult } from "lit";

let sprite: string | undefined;

export function icon(name: string): TemplateResult {
  sprite ??= document.querySelector<HTMLMetaElement>('meta[name="sartor-icons"]')?.content ?? "";
  return html`<svg class="ti ti-${name}" aria-hidden="true"><use href="${sprite}#${name}"></use></svg>`;
}
