// <sartor-file> around an input for files: its button and the names of what was chosen, in the reader's language (a browser
// speaks its own). The input lies over them unseen: labels, keys, dropped files and forms go on as they are.
import { icon } from "./dom";
import { say } from "./words";

class FileChoice extends HTMLElement {
  private shown = document.createElement("span");

  connectedCallback(): void {
    if (this.shown.isConnected || !this.input) return;
    const button = Object.assign(document.createElement("span"), { className: "btn btn-default" });
    button.append(icon("upload"), this.input.multiple ? say("choose_files") : say("choose_file"));
    this.shown.className = "clip";
    const face = Object.assign(document.createElement("span"), { className: "file-face" });
    face.setAttribute("aria-hidden", "true");
    face.append(button, this.shown);
    this.append(face);
    this.addEventListener("change", () => this.tell());
    this.tell();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  private tell(): void {
    const names = [...(this.input?.files ?? [])].map((file) => file.name).join(" · ");
    this.shown.textContent = names || say("no_file");
    this.shown.classList.toggle("faint", !names);
    if (this.input) this.input.title = names || say("no_file");
  }
}

if (!customElements.get("sartor-file")) customElements.define("sartor-file", FileChoice);
