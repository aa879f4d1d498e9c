import { browserRuntime } from '../runtime';
import { createLatest, withTimeout } from '../async';
import { loadModule } from '../load-module';

import type { Language } from './language';
import { english, setLanguage } from './language';

type Catalog = Readonly<Record<string, string>>;

/** Translations, by language tag and file name. */
const catalogs: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
  cs: () => import(/* webpackChunkName: "cs" */ './languages/cs.json'),
  de: () => import(/* webpackChunkName: "de" */ './languages/de.json'),
  es: () => import(/* webpackChunkName: "es" */ './languages/es.json'),
  fr: () => import(/* webpackChunkName: "fr" */ './languages/fr.json'),
  it: () => import(/* webpackChunkName: "it" */ './languages/it.json'),
  ja: () => import(/* webpackChunkName: "ja" */ './languages/ja.json'),
  ko: () => import(/* webpackChunkName: "ko" */ './languages/ko.json'),
  pl: () => import(/* webpackChunkName: "pl" */ './languages/pl.json'),
  'pt-BR': () => import(/* webpackChunkName: "pt-BR" */ './languages/pt-BR.json'),
  ru: () => import(/* webpackChunkName: "ru" */ './languages/ru.json'),
  tr: () => import(/* webpackChunkName: "tr" */ './languages/tr.json'),
  'zh-Hans': () => import(/* webpackChunkName: "zh-Hans" */ './languages/zh-Hans.json'),
  'zh-Hant': () => import(/* webpackChunkName: "zh-Hant" */ './languages/zh-Hant.json'),
};

/** Cultures for finding texts without translation or space; the second one is right-to-left. */
const PSEUDO = /^qps-(ploc|plocm)$/i;

/** Timeout for loading a translation, in milliseconds. After it, English is used. */
const LOAD_TIMEOUT_MS = 3_000;

const startLoad = createLatest();

/**
 * Loads and sets the language of a culture. Falls back to English if there is no translation, or if it does not load
 * in three seconds. Never rejects.
 *
 * @param culture `de-AT`, `zh-CN`, as stated by the host. Default: the language of the browser.
 */
export async function loadLanguage(culture: string | undefined): Promise<void> {
  const isLatest = startLoad();
  const tooLate = (): Error => new Error('The language file did not load in time.');
  const found = withTimeout(find(culture || navigator.language), LOAD_TIMEOUT_MS, browserRuntime, tooLate);
  const language = await found.catch(() => english('en-US'));
  if (!isLatest()) return;
  setLanguage(language);
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
}

/** Tag of the translation for a language: one per script of Chinese, and the one of Brazil for all Portuguese. */
function tagFor(language: string, script = ''): string {
  if (language === 'zh') return `zh-${script}`;
  return language === 'pt' ? 'pt-BR' : language;
}

async function find(culture: string): Promise<Language> {
  const pseudo = PSEUDO.exec(culture);
  if (pseudo) {
    const { pseudoLanguage } = await loadModule(() => import(/* webpackChunkName: "pseudo" */ './pseudo'));
    return pseudoLanguage(pseudo[1]?.toLowerCase() === 'plocm' ? 'rtl' : 'ltr');
  }
  const own = new Intl.Locale(culture).baseName;
  const { language, script, baseName } = new Intl.Locale(own).maximize();
  const tag = tagFor(language, script);
  const load = Object.hasOwn(catalogs, tag) ? catalogs[tag] : undefined;
  const catalog =
    load &&
    (await loadModule(load).then(
      (file) => file.default,
      () => undefined,
    ));
  if (!catalog) return english(language === 'en' ? own : 'en-US', own);
  return {
    tag,
    locale: new Intl.Locale(baseName).minimize().baseName,
    culture: own,
    direction: 'ltr',
    find: (message) => catalog[message] ?? message,
  };
}
