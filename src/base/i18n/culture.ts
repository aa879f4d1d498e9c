let current = 'en-US';

/** The user's own locale, such as `ja-JP`, even without a translation. */
export function currentCulture(): string {
  return current;
}

/** Sets the current culture: on a page by `setLanguage`, in a worker by the page. */
export function setCulture(culture: string): void {
  current = culture;
}
