import { formatMoment, listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { joinSentences, quoteName } from '../../upload/messages/problems';
import type { CopiedHere } from './texts-state';
import type { InText, TextOfItem } from '../model/attached-file';

/** `Description`, or `Comment by Raisa Pokrovskaya, Feb 3, 2026, 4:05 AM`. */
export function nameText(text: TextOfItem): string {
  if (text.kind === 'field') return text.name;
  const { by, at } = text;
  if (by === '' || Number.isNaN(at)) return t('Comment');
  return t('Comment by {person}, {date}', { person: by, date: formatMoment(new Date(at)) });
}

/** `Description, Repro Steps`, each text once. */
export function nameTexts({ uses }: Pick<InText, 'uses'>): string {
  return listOf([...new Set(uses.map(({ text }) => nameText(text)))]);
}

/**
 * `Elsewhere (another project) · Description`: mark and texts of a file in texts.
 *
 * @param host Host of its address, for a file elsewhere.
 */
export function describeInText(inText: InText, host: string): string {
  const texts = nameTexts(inText);
  switch (inText.place) {
    case 'here':
      return texts;
    case 'embedded':
      return `${t('Embedded')} · ${texts}`;
    case 'other-project':
      return `${t('Elsewhere (another project)')} · ${texts}`;
    case 'elsewhere':
      return `${t('Elsewhere ({host})', { host })} · ${texts}`;
  }
}

/** What became of images from elsewhere, and of their texts. */
export function describeCopied({
  count,
  noImages,
  rewritten,
  undoing,
}: Extract<CopiedHere, { readonly status: 'copied' }>): string {
  if (typeof undoing === 'number')
    return t(
      '{count, plural, one {# text stays as it is: someone changed it.} other {# texts stay as they are: someone changed them.}}',
      { count: undoing },
    );
  const refused = noImages.map((name) => t("{name} isn't an image.", { name: quoteName(name) }));
  if (count === 0) return joinSentences(...refused);
  const done = t('{count, plural, one {Copied # image here.} other {Copied # images here.}}', { count });
  const unchanged = t("No text changed: it doesn't show the image anymore, or is longer than 5 MB.");
  return joinSentences(done, ...(rewritten.length === 0 ? [unchanged] : []), ...refused);
}
