// Forms that ask what is to stay, `<form data-choosing>`: whoever types another value has chosen it, and whoever goes back
// to one of the two sends nothing of what was typed; it is there again with "another value".
type Field = HTMLInputElement | HTMLTextAreaElement;

const typed = new WeakMap<Field, string>();

function fieldOf(form: HTMLFormElement): Field | null {
  return form.querySelector<Field>("[name=value]");
}

export function onTyped(field: Field): void {
  const other = field.form?.querySelector<HTMLInputElement>("[name=choice][value=edit]");
  if (other) other.checked = true;
}

export function onChosen(radio: HTMLInputElement, form: HTMLFormElement): void {
  const field = fieldOf(form);
  if (!field) return;
  if (radio.value === "edit") {
    field.value = typed.get(field) ?? field.value;
    field.focus();
  } else {
    if (field.value !== field.defaultValue) typed.set(field, field.value);
    field.value = field.defaultValue;
  }
}

export function startDeciding(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as Field;
    const form = field.form;
    if (!form?.matches("[data-choosing]")) return;
    if (field.name === "value") onTyped(field);
    else if (field.name === "choice") onChosen(field as HTMLInputElement, form);
  });
}
