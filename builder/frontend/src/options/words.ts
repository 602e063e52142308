// Word tables of an option set: which choice a word leads to, as functions such as `region_of` read it.
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@ui/dom";
import { say } from "@ui/words";
import { isObject, type Definition, type Json } from "../core/json";

/** The definition in which words that led to a choice lead to it under its new key. */
export function followedIn(definition: Definition, old: string, name: string): Definition {
  if (!isObject(definition.maps)) return definition;
  const follow = (words: Json): Json => (isObject(words) ? Object.fromEntries(Object.entries(words).map(([word, key]) => [word, key === old ? name : key])) : words);
  return { ...definition, maps: Object.fromEntries(Object.entries(definition.maps).map(([table, words]) => [table, follow(words)])) };
}

/** The table with its words in order, and a line for one more. */
export function wordTable(words: Definition, choices: [string, string][], edit: (words: Definition) => void): TemplateResult {
  const all = Object.keys(words).sort((a, b) => a.localeCompare(b));
  const add = (event: Event) => {
    event.preventDefault();
    const box = (event.currentTarget as HTMLFormElement).elements.namedItem("word") as HTMLInputElement;
    const word = box.value.trim();
    if (word && !(word in words)) edit({ ...words, [word]: choices[0]?.[0] ?? "" });
    box.value = "";
  };
  return html`<fieldset class="word-table"><legend>${say("build_words")}</legend>
    <form class="row-flex" @submit=${add}><input class="form-control grow" name="word" maxlength="60" autocomplete="off" aria-label=${say("build_word_new")} placeholder=${say("build_word_new")}><button class="btn btn-default">${icon("plus")}${say("build_add")}</button></form>
    ${repeat(all, (word) => word, (word) => line(word, words, choices, edit))}</fieldset>`;
}

function line(word: string, words: Definition, choices: [string, string][], edit: (words: Definition) => void): TemplateResult {
  const now = String(words[word]);
  const lead = (event: Event) => edit({ ...words, [word]: (event.target as HTMLSelectElement).value });
  const off = () => edit(Object.fromEntries(Object.entries(words).filter(([each]) => each !== word)));
  const unknown = choices.some(([key]) => key === now) ? [] : [[now, now] as [string, string]];
  return html`<div class="row-flex word"><span class="grow clip" title=${word}>${word}</span>
    <select class="form-select" aria-label=${say("build_leads_to", { word })} @change=${lead}>${[...unknown, ...choices].map(([key, text]) => html`<option value=${key} ?selected=${key === now}>${text}</option>`)}</select>
    <button type="button" class="btn btn-quiet btn-icon" aria-label=${say("build_off", { text: word })} title=${say("build_off", { text: word })} @click=${off}>${icon("x")}</button></div>`;
}
