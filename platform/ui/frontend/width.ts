// Where a phone has a form of its own, the page goes by the width of the window, which only the browser knows: a cookie
// tells it to the server, and a page that was made for the other width is asked for once more.
const PHONE = "(max-width: 640px)";
const COOKIE = "sartor_width";

function told(): string | undefined {
  return new RegExp(`(?:^|; )${COOKIE}=(\\w+)`).exec(document.cookie)?.[1];
}

export function startWidth(again: () => void = () => location.reload()): void {
  const width = matchMedia(PHONE).matches ? "phone" : "desk";
  if (told() !== width) document.cookie = `${COOKIE}=${width}; path=/; max-age=31536000; samesite=lax`;
  const shown = document.querySelector<HTMLElement>("[data-shown-for]")?.dataset.shownFor;
  // Where cookies are refused the page stays as it is.
  if (shown && shown !== width && told() === width) again();
}
