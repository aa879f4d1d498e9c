/**
 * Calls back each time that the page is seen again after it was out of sight, as behind another tab of the form. No
 * event of the form tells of that, and what was attached in the meantime beside unsaved edits none tells of either.
 */
export function onShownAgain(page: Element, callback: () => void): void {
  let wasHidden = false;
  new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen && wasHidden) callback();
    wasHidden = !isSeen;
  }).observe(page);
}
