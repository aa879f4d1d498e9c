/**
 * Ignores the click at the end of the current press, if there is one. Clicks by keyboard and assistive technology have
 * no detail and are not ignored.
 */
export function ignoreNextClick(): void {
  const controller = new AbortController();
  const options = { capture: true, signal: controller.signal };
  const onClick = (event: MouseEvent): void => {
    if (event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
    controller.abort();
  };
  document.addEventListener('click', onClick, options);
  document.addEventListener('pointerdown', () => controller.abort(), options);
}
