// What designers keep in the browser: its reader's alone, under the id of the person, so it goes when he signs out.
/** To be taken back. */
export const HISTORIES = "sartor history ";
/** Typed, and not saved yet. */
export const UNSAVED = "sartor unsaved ";

function forget(goes: (name: string) => boolean): void {
  for (const name of Object.keys(localStorage)) if (goes(name)) localStorage.removeItem(name);
}

/** The browser gives a few megabytes: for more, the other histories go; what is not saved stays. */
export function makeRoom(but: string): void {
  forget((name) => name.startsWith(HISTORIES) && name !== but);
}

export function forgetHistories(person: string): void {
  forget((name) => [HISTORIES, UNSAVED].some((each) => name.startsWith(`${each}${person} `)));
}
