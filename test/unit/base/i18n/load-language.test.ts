/** @jest-environment jsdom */
import {
  currentLanguage,
  perLanguage,
  setLanguage,
  english,
  words,
} from '../../../../src/base/i18n/language';
import { loadLanguage } from '../../../../src/base/i18n/load-language';
import { formatMoment, formatNumber } from '../../../../src/base/format';

jest.mock('../../../../src/base/i18n/languages/fr.json', () => {
  throw new Error('Loading chunk fr failed.');
});

const spokenBy = (language: string): void =>
  void jest.spyOn(window.navigator, 'language', 'get').mockReturnValue(language);

beforeEach(() => setLanguage(english('en-US')));
afterEach(() => jest.restoreAllMocks());

describe('loadLanguage', () => {
  test.each([
    ['de-AT', 'de', 'de-AT', 'Abbrechen'],
    ['de-DE', 'de', 'de', 'Abbrechen'],
    ['de', 'de', 'de', 'Abbrechen'],
    ['DE-de', 'de', 'de', 'Abbrechen'],
    ['es-MX', 'es', 'es-MX', 'Cancelar'],
    ['ja-JP', 'ja', 'ja', 'キャンセル'],
    ['zh-CN', 'zh-Hans', 'zh', '取消'],
    ['zh-SG', 'zh-Hans', 'zh-SG', '取消'],
    ['zh-Hans', 'zh-Hans', 'zh', '取消'],
    ['zh-Hans-CN', 'zh-Hans', 'zh', '取消'],
    ['zh-TW', 'zh-Hant', 'zh-TW', '取消'],
    ['zh-HK', 'zh-Hant', 'zh-HK', '取消'],
    ['zh-Hant', 'zh-Hant', 'zh-TW', '取消'],
    ['pt-BR', 'pt-BR', 'pt', 'Cancelar'],
    ['pt-PT', 'pt-BR', 'pt-PT', 'Cancelar'],
    ['it-CH', 'it', 'it-CH', 'Annulla'],
    ['pl-PL', 'pl', 'pl', 'Anuluj'],
    ['cs-CZ', 'cs', 'cs', 'Zrušit'],
    ['ru-RU', 'ru', 'ru', 'Отмена'],
    ['tr-TR', 'tr', 'tr', 'İptal'],
    ['ko-KR', 'ko', 'ko', '취소'],
    ['nl-NL', 'en', 'en-US', 'Cancel'],
    ['en-GB', 'en', 'en-GB', 'Cancel'],
    ['constructor', 'en', 'en-US', 'Cancel'],
  ])('for %s loads the texts of %s and the numbers of %s', async (culture, tag, locale, cancel) => {
    await loadLanguage(culture);
    expect(currentLanguage()).toMatchObject({ tag, locale, direction: 'ltr' });
    expect(words('Cancel')).toBe(cancel);
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual([tag, 'ltr']);
  });

  test.each(['???', 'x', 'de_DE', 'es-ES_tradnl', '1033'])(
    'falls back to English for %s',
    async (culture) => {
      await loadLanguage('ja');
      await loadLanguage(culture);
      expect(currentLanguage()).toMatchObject({ tag: 'en', locale: 'en-US', culture: 'en-US' });
      expect(document.documentElement.lang).toBe('en');
    },
  );

  test.each([undefined, ''])(
    'uses the language of the browser if the host provides none: %p',
    async (culture) => {
      spokenBy('es-AR');
      await loadLanguage(culture);
      expect(currentLanguage()).toMatchObject({ tag: 'es', locale: 'es-AR' });
    },
  );

  test('falls back to English if the file does not load', async () => {
    await loadLanguage('fr-CA');
    expect(currentLanguage()).toMatchObject({ tag: 'en', locale: 'en-US', culture: 'fr-CA' });
    expect(words('Cancel')).toBe('Cancel');
  });

  test('uses the latest call in any order of the files', async () => {
    await Promise.all([loadLanguage('de'), loadLanguage('en-US')]);
    expect([currentLanguage().tag, document.documentElement.lang]).toEqual(['en', 'en']);
    await Promise.all([loadLanguage('en-US'), loadLanguage('de')]);
    expect([currentLanguage().tag, document.documentElement.lang]).toEqual(['de', 'de']);
  });

  test.each([
    ['qps-ploc', 'ltr'],
    ['qps-plocm', 'rtl'],
    ['QPS-PLOCM', 'rtl'],
  ])('for %s loads a pseudo-language, %s', async (culture, direction) => {
    await loadLanguage(culture);
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual([
      culture.toLowerCase(),
      direction,
    ]);
    expect(words('Cancel')).toBe('[Çáñçél ~]');
  });
});

describe('perLanguage', () => {
  const order = perLanguage((_, culture) => new Intl.Collator(culture));
  const sorted = (): string => ['z', 'ä', 'a'].sort(order().compare).join('');

  test('sorts names in the locale of the user even without a translation', async () => {
    await loadLanguage('sv-SE');
    expect(currentLanguage()).toMatchObject({ tag: 'en', locale: 'en-US' });
    expect(sorted()).toBe('azä');
    await loadLanguage('de-DE');
    expect(sorted()).toBe('aäz');
  });

  test('creates a value once per language', async () => {
    const make = jest.fn((locale: string) => locale);
    const own = perLanguage(make);
    expect([own(), own()]).toEqual(['en-US', 'en-US']);
    await loadLanguage('de-AT');
    expect([own(), own()]).toEqual(['de-AT', 'de-AT']);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('formats numbers and dates in the locale', async () => {
    const moment = new Date(2026, 10, 3, 14, 5);
    const written: string[][] = [];
    for (const culture of ['en-US', 'en-GB', 'de-DE', 'es-ES', 'ja-JP', 'zh-CN']) {
      await loadLanguage(culture);
      written.push([culture, formatNumber(1_234_567.5), formatMoment(moment).replace(/\u202f/g, ' ')]);
    }
    expect(written).toEqual([
      ['en-US', '1,234,567.5', 'Nov 3, 2026, 2:05 PM'],
      ['en-GB', '1,234,567.5', '3 Nov 2026, 14:05'],
      ['de-DE', '1.234.567,5', '03.11.2026, 14:05'],
      ['es-ES', '1.234.567,5', '3 nov 2026, 14:05'],
      ['ja-JP', '1,234,567.5', '2026/11/03 14:05'],
      ['zh-CN', '1,234,567.5', '2026年11月3日 14:05'],
    ]);
  });
});
