/** @jest-environment jsdom */
import { currentLanguage } from '../../../../src/base/i18n/language';
import { loadLanguage } from '../../../../src/base/i18n/load-language';
import { createDeferred } from '../../../helpers/deferred';

const mockFile = createDeferred<object>();

// A module that is a promise stays pending, like a file in transit.
jest.mock('../../../../src/base/i18n/languages/de.json', () => mockFile.promise);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('loadLanguage stops waiting for a file after three seconds and ignores it later', async () => {
  let isLoaded = false;
  void loadLanguage('de-DE').then(() => (isLoaded = true));
  await jest.advanceTimersByTimeAsync(2_999);
  expect(isLoaded).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect([isLoaded, currentLanguage().tag]).toEqual([true, 'en']);
  mockFile.resolve({ default: {} });
  await jest.advanceTimersByTimeAsync(0);
  expect(currentLanguage().tag).toBe('en');
});
