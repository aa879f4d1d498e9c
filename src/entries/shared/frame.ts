import type { Host } from '../../azure/host/host';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { loadLanguage } from '../../base/i18n/load-language';
import type { NotifyScheduler } from '../../base/store';

/** Smaller changes are not reported, in CSS pixels. */
const THRESHOLD_PX = 2;

/**
 * Calls `onChange` with the height of `content`, now and after each change. It measures the content because the
 * height of the document never falls below the height of its frame (host reference 4.3).
 */
export function followHeight(content: HTMLElement, onChange: (heightPx: number) => void): void {
  let reported = -Infinity;
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === 0 || Math.abs(height - reported) < THRESHOLD_PX) return;
    reported = height;
    onChange(height);
  }).observe(content);
}

/**
 * Follows the host's theme. A frame gets only its variables, not its name (host reference 7), so a dark background
 * selects dark controls and scroll bars, and a black one the style without decorative colors.
 */
export function followTheme(): void {
  const apply = (): void => {
    const background = getComputedStyle(document.body).backgroundColor;
    const theme = isDark(background) ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.classList.toggle('high-contrast', /^rgba?\(0, 0, 0(, 1)?\)$/.test(background));
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

/** Minimum interval in milliseconds: progress bars animate in between, and rendering costs time that uploads need. */
const MIN_INTERVAL_MS = 100;

/** Creates a scheduler that notifies in the next animation frame, and not in each one when changes are frequent. */
export function createFrameScheduler(): NotifyScheduler {
  let lastAt = -Infinity;
  return (notify) => {
    const draw = (): void => {
      requestAnimationFrame((now) => {
        lastAt = now;
        notify();
      });
    };
    const waitMs = lastAt + MIN_INTERVAL_MS - performance.now();
    if (waitMs > 0) setTimeout(draw, waitMs);
    else draw();
  };
}

/** Time to load the browser's language before the host counts as silent, in milliseconds. */
const HEAD_START_MS = 3_000;

/**
 * Wraps `host`: `connect` loads the user's language before any form event is delivered, so no work item appears in
 * one language first and in another afterwards. Events keep their order. If the host stays silent, the browser's
 * language is loaded for the error message.
 */
export function inOwnLanguage<H extends Pick<Host, 'connect' | 'getCulture'>>(host: H): H {
  return {
    ...host,
    async connect(onFormEvent) {
      let ready: () => void = () => undefined;
      const isReady = new Promise<void>((resolve) => (ready = resolve));
      const silence = setTimeout(() => void loadLanguage(undefined), HOST_TIMEOUT_MS - HEAD_START_MS);
      await host.connect((event) => void isReady.then(() => onFormEvent(event)));
      clearTimeout(silence);
      await loadLanguage(host.getCulture());
      ready();
    },
  };
}
