/** @jest-environment jsdom */
import { formatAge } from '../../../src/base/format-age';
import { loadLanguage } from '../../../src/base/i18n/load-language';

describe('formatAge, on Nov 30 at 9:30,', () => {
  const now = new Date(2026, 10, 30, 9, 30).getTime();

  test.each([
    ['2026-11-30T09:31', 'now'],
    ['2026-11-30T09:29:30', 'now'],
    ['2026-11-30T09:25', '5 minutes ago'],
    ['2026-11-30T08:29', '1 hour ago'],
    ['2026-11-30T00:00', '9 hours ago'],
    ['2026-11-29T23:59', 'yesterday'],
    ['2026-11-29T00:00', 'yesterday'],
    ['2026-11-24T12:00', '6 days ago'],
    ['2026-11-23T12:00', 'Nov 23, 2026'],
    ['2025-11-30T09:30', 'Nov 30, 2025'],
  ])('formats %s as “%s”', (at, text) => {
    expect(formatAge(Date.parse(at), now)).toBe(text);
  });

  test('formats minutes across midnight as minutes', () => {
    const midnight = new Date(2026, 10, 30).getTime();
    expect(formatAge(midnight - 60_000, midnight + 60_000)).toBe('2 minutes ago');
  });

  test('uses the language of the product', async () => {
    await loadLanguage('de-DE');
    expect(formatAge(now - 2 * 60 * 60_000, now)).toBe('vor 2 Stunden');
    expect(formatAge(now - 24 * 60 * 60_000, now)).toBe('gestern');
    await loadLanguage('en-US');
  });
});
