/** Smaller changes are not worth a message to the host, in CSS pixels. */
const THRESHOLD_PX = 2;

/**
 * Tells how high `content` is, now and whenever that changes. The content is measured and not the document, whose
 * height never shrinks below that of its frame (host reference 4.3).
 */
export function followHeight(content: HTMLElement, tell: (heightPx: number) => void): void {
  if (!('ResizeObserver' in window)) return;
  let told = -Infinity;
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === 0 || Math.abs(height - told) < THRESHOLD_PX) return;
    told = height;
    tell(height);
  }).observe(content);
}
