// What an empty canvas says: how something is brought in by mouse and keys, or by finger, where no key is at hand.
import { html, type TemplateResult } from "lit";
import { say } from "@ui/words";

/** key, phone: of the words for a desk and for a phone. */
export function blank(key: string, phone = "build_nothing_yet"): TemplateResult {
  return html`<span class="only-desk">${say(key)}</span><span class="only-phone">${say(phone)}</span>`;
}
