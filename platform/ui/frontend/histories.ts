// What designers keep in the browser to be taken back: its reader's alone, so it goes when he signs out.
export const HISTORIES = "sartor history ";

export function forgetHistories(but = ""): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(HISTORIES) && name !== but) localStorage.removeItem(name);
}
