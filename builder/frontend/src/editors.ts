// What CodeMirror does here, in a script of its own that is fetched when the first box is drawn.
export { open } from "./expression/editor";
export { openLetter } from "./template/letter_editor";
