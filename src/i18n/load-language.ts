import { browserRuntime } from '../base/browser-runtime';
import { withTimeout } from '../base/timeout';

import type { Language } from './language';
import { english, setLanguage } from './language';

type Catalog = Readonly<Record<string, string>>;

/** Languages beside English, by the tag that their files are named with. */
const catalogs: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
  de: () => import(/* webpackChunkName: "de" */ './languages/de.json'),
  es: () => import(/* webpackChunkName: "es" */ './languages/es.json'),
  fr: () => import(/* webpackChunkName: "fr" */ './languages/fr.json'),
  ja: () => import(/* webpackChunkName: "ja" */ './languages/ja.json'),
  'zh-Hans': () => import(/* webpackChunkName: "zh-Hans" */ './languages/zh-Hans.json'),
};

/** Cultures that show whether every text is translated and has room, the second one from right to left. */
const PSEUDO = /^qps-(ploc|plocm)$/i;

/** Longest wait for the file of a language, in milliseconds; after that, English is better than nothing. */
const PATIENCE_MS = 3_000;

let turns = 0;

/**
 * Speaks the language of a culture. English where Stapler does not know the language, or where its file cannot be
 * loaded in three seconds. Never rejects.
 *
 * @param culture `de-AT`, `zh-CN`, as the host tells it; that of the browser where it tells none.
 */
export async function loadLanguage(culture: string | undefined): Promise<void> {
  const turn = ++turns;
  const tooLate = (): Error => new Error('The language file did not load in time.');
  const found = withTimeout(find(culture || navigator.language), PATIENCE_MS, browserRuntime, tooLate);
  const language = await found.catch(() => english('en-US'));
  // Whoever asks later knows better.
  if (turn !== turns) return;
  setLanguage(language);
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
}

async function find(culture: string): Promise<Language> {
  const pseudo = PSEUDO.exec(culture);
  if (pseudo) {
    const { pseudoLanguage } = await import(/* webpackChunkName: "pseudo" */ './pseudo');
    return pseudoLanguage(pseudo[1]?.toLowerCase() === 'plocm' ? 'rtl' : 'ltr');
  }
  const own = new Intl.Locale(culture).baseName;
  const { language, script, baseName } = new Intl.Locale(own).maximize();
  const tag = language === 'zh' ? `zh-${script ?? ''}` : language;
  const load = Object.hasOwn(catalogs, tag) ? catalogs[tag] : undefined;
  const catalog = await load?.().then(
    (file) => file.default,
    () => undefined,
  );
  if (!catalog) return english(language === 'en' ? own : 'en-US', own);
  return {
    tag,
    locale: new Intl.Locale(baseName).minimize().baseName,
    culture: own,
    direction: 'ltr',
    find: (message) => catalog[message] ?? message,
  };
}
