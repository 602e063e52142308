// Copying a text, with its look where the other program takes that. Browsers give the clipboard only to pages that came by
// HTTPS, and may refuse it: then the old command does it.
const blob = (text: string, kind: string) => new Blob([text], { type: `text/${kind}` });

async function byClipboard(text: string, look: string): Promise<void> {
  if (look) await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob(text, "plain"), "text/html": blob(look, "html") })]);
  else await navigator.clipboard.writeText(text);
}

function byCommand(text: string, look: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    if (look) event.clipboardData?.setData("text/html", look);
    event.preventDefault();
  };
  document.addEventListener("copy", put);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put);
  }
}

/** Whether it was copied. look: markup of our own page; empty for a plain text. */
export async function copied(text: string, look = ""): Promise<boolean> {
  try {
    await byClipboard(text, look);
    return true;
  } catch {
    return byCommand(text, look);
  }
}
