// Messages stand below the page, not on it: what lies under them is kept free for as long as they do.

/** The size that the page and its dialogs end short of; see tokens.css. */
const TAKEN = "--taken-below";

type Style = Pick<CSSStyleDeclaration, "setProperty" | "removeProperty">;

/** Keeps so much of the foot free. Returns how to give it back. */
export function makeRoom(style: Style, pixels: number): () => void {
  style.setProperty(TAKEN, `${Math.ceil(pixels)}px`);
  return () => style.removeProperty(TAKEN);
}
