// <sartor-mapping data-preview-url>: the columns of a file and the fields they become. A field can be taken once: the
// others show it as taken. After each change the server shows the first rows as they would be stored.
import { all, debounce } from "@ui/dom";
import { ask } from "@ui/net";

export class SartorMapping extends HTMLElement {
  connectedCallback(): void {
    const later = debounce(() => void this.preview(), 300);
    this.addEventListener("change", () => {
      this.settle();
      later();
    });
    this.settle();
  }

  private get selects(): HTMLSelectElement[] {
    return all<HTMLSelectElement>('select[name^="map["]', this);
  }

  settle(): void {
    const taken = new Set(this.selects.map((select) => select.value).filter(Boolean));
    for (const select of this.selects) {
      for (const option of select.options) option.disabled = Boolean(option.value) && option.value !== select.value && taken.has(option.value);
      select.closest("tr")?.classList.toggle("is-out", !select.value);
    }
  }

  private async preview(): Promise<void> {
    const form = this.closest("form");
    const place = document.getElementById("import-preview");
    if (!this.dataset.previewUrl || !form || !place) return;
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const answer = await ask(this.dataset.previewUrl, { method: "POST", body });
    if (answer?.ok) place.innerHTML = await answer.text();
  }
}

customElements.define("sartor-mapping", SartorMapping);
