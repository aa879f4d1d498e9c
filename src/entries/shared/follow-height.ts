/** Smaller changes are not reported, in CSS pixels. */
const THRESHOLD_PX = 2;

/**
 * Calls `onChange` with the height of `content`, now and after each change. It measures the content because the
 * height of the document never falls below the height of its frame (host reference 4.3).
 */
export function followHeight(content: HTMLElement, onChange: (heightPx: number) => void): void {
  if (!('ResizeObserver' in window)) return;
  let reported = -Infinity;
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === 0 || Math.abs(height - reported) < THRESHOLD_PX) return;
    reported = height;
    onChange(height);
  }).observe(content);
}
