/** Returns the other windows of this tab: the page and all of its frames. */
export function siblingWindows(): readonly Window[] {
  return window.top === null ? [] : framesOf(window.top).filter((each) => each !== window);
}

/** Returns `from` and all frames inside it. Cross-origin windows expose enough for that. */
function framesOf(from: Window): readonly Window[] {
  try {
    const inside = Array.from({ length: from.length }, (_, index) => from[index]);
    return [from, ...inside.flatMap((frame) => (frame ? framesOf(frame) : []))];
  } catch {
    // Frames hidden by the browser cannot be discovered.
    return [from];
  }
}
