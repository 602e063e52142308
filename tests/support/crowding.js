// Which words of the page cannot be read: cut off without an ellipsis, out of sight, or below other words.
//
// A piece is one line of a text as it is drawn. What scrolls, ends with an ellipsis or is only read out is as it should
// be; what lies above the page (bars that stick, menus, dialogs) may cover it.
() => {
  const ABOVE = "dialog, .pop, .toasts, .bulk";
  const UNREAD = "svg, script, style, noscript, .cm-editor, .sr, .skip, [aria-hidden=true]";
  const SLACK = 2; // px
  const found = new Set();
  const pieces = [];

  const called = (element) => {
    const one = (each) => [each?.tagName.toLowerCase(), ...(each?.classList ?? [])].join(".");
    return `${one(element.parentElement)} > ${one(element)}`;
  };

  const layer = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.matches(ABOVE) || ["fixed", "sticky"].includes(getComputedStyle(at).position)) return at;
    }
    return null;
  };

  const judge = (element, words, line) => {
    const seen = { left: line.left, right: line.right, top: line.top, bottom: line.bottom };
    let told = false;
    let cut = false;
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (style.clipPath !== "none" && box.width <= 1) return;
      told ||= style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
      told ||= ["auto", "scroll"].includes(style.overflowX);
      if (style.overflowX !== "visible") {
        cut ||= !told && (line.right > box.right + SLACK || line.left < box.left - SLACK);
        seen.left = Math.max(seen.left, box.left);
        seen.right = Math.min(seen.right, box.right);
      }
      if (style.overflowY !== "visible") {
        seen.top = Math.max(seen.top, box.top);
        seen.bottom = Math.min(seen.bottom, box.bottom);
      }
      if (style.position === "fixed") break;
    }
    if (cut || (!told && line.right > innerWidth + SLACK)) found.add(`cut off: ${called(element)}: ${words}`);
    const shown = seen.right - seen.left > SLACK && seen.bottom - seen.top > SLACK;
    if (shown) pieces.push({ ...seen, element, words, layer: layer(element) });
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.data.trim().slice(0, 40);
    const element = texts.currentNode.parentElement;
    if (!words || element.closest(UNREAD)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const line of range.getClientRects()) {
      if (line.width > SLACK && line.height > SLACK) judge(element, words, line);
    }
  }

  const covered = (one, other) =>
    one.element !== other.element &&
    one.layer === other.layer &&
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 * SLACK &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2 * SLACK;
  pieces.sort((one, other) => one.top - other.top);
  pieces.forEach((one, index) => {
    for (const other of pieces.slice(index + 1)) {
      if (other.top >= one.bottom) break;
      if (covered(one, other)) found.add(`on one another: ${called(one.element)}: ${one.words} | ${other.words}`);
    }
  });
  return [...found];
};
