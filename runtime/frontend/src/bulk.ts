// <sartor-bulk>: what may be done with the chosen rows. Each button sends `ids[]` to its address: as a dialog that asks
// for more (data-method="dialog"), or as a plain form (post), so that a download is a download.
import { confirmAct, openDialog } from "@ui/dialog";
import type { SartorList } from "./list";
import { csrf } from "@ui/net";
import { say } from "@ui/words";

export class SartorBulk extends HTMLElement {
  connectedCallback(): void {
    const list = this.list;
    list?.addEventListener("sartor:chosen", (event) => this.show((event as CustomEvent<{ count: number }>).detail.count));
    this.addEventListener("click", (event) => {
      const target = event.target as Element;
      const button = target.closest<HTMLElement>("[data-bulk]");
      if (button) void this.act(button);
      if (target.closest("[data-clear]")) list?.clear();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.hidden && !event.defaultPrevented && !document.querySelector("dialog[open]")) list?.clear();
    });
  }

  private get list(): SartorList | null {
    return this.parentElement?.querySelector<SartorList>("sartor-list") ?? null;
  }

  private show(count: number): void {
    this.hidden = count === 0;
    const said = this.querySelector("[data-count]");
    if (said) said.textContent = say("chosen", { n: count });
  }

  private async act(button: HTMLElement): Promise<void> {
    const url = button.dataset.bulk ?? "";
    const ids = (this.list?.chosen() ?? []).map((row) => row.dataset.row ?? "");
    if (button.dataset.confirm && !(await confirmAct(button.dataset.confirm))) return;
    if (button.dataset.method === "dialog") await openDialog(url, new URLSearchParams(ids.map((id) => ["ids[]", id])));
    else this.send(url, ids);
  }

  private send(url: string, ids: string[]): void {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: url, hidden: true });
    for (const [name, value] of [["_csrf", csrf()], ...ids.map((id) => ["ids[]", id])]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }
}

customElements.define("sartor-bulk", SartorBulk);
