/**
 * Follows the host's theme. A frame gets only its variables, not its name (host reference 7), so a dark background
 * selects dark controls and scroll bars.
 */
export function followTheme(): void {
  const apply = (): void => {
    const background = getComputedStyle(document.body).backgroundColor;
    const theme = isDark(background) ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.style.colorScheme = theme;
  };
  window.addEventListener('themeApplied', apply);
  apply();
}

/** Whether light text belongs on a color such as `rgb(32, 31, 30)`. */
export function isDark(color: string): boolean {
  const [red = 255, green = 255, blue = 255, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return alpha > 0 && 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}
