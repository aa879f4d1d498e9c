import { isWorkItemId } from '../../azure/work-item';
import { readUrl } from './work-item-url';

/** Ids found in pasted text. */
export interface WorkItemIds {
  /** Work item ids without duplicates, in text order. */
  readonly ids: readonly number[];
  /** GUIDs of saved queries, lower case, without duplicates. */
  readonly queryIds: readonly string[];
  /** The rest, as written, with URLs of other organizations. */
  readonly unknown: readonly string[];
}

/** Common notations: `123`, `#123`, `AB#123`, `(123)`, `123:`. */
const NUMBER = /^[([]?(?:AB)?#?(\d+)[)\]]?[.:]?$/i;

/** One number with thousands separators, as a formatted grid copies it. Its parts are not ids. */
const GROUPED_NUMBER = /(?<![\w,#])\d{1,3}(?:,\d{3})+(?![\w,])/g;

/**
 * Reads work item ids from any text: `12, 13; #14 Bug 15`, URLs of work items and of saved queries. Words directly
 * before a number count as a type. Of a row copied from a grid, only the first column counts; text after `Bug 15: `
 * is a title, so its numbers are ignored.
 *
 * @param baseUrls Base URLs of the organization or collection. URLs of others are unknown, since their ids mean other
 *   work items. Default: any URL counts.
 */
export function readWorkItemIds(text: string, baseUrls: readonly string[] = []): WorkItemIds {
  const ids = new Set<number>();
  const queryIds = new Set<string>();
  const unknown: string[] = [];

  /** Words after a number may start a sentence. Numbers in a sentence count only if it ends with one. */
  function readPhrase(words: readonly string[], isBeforeUrl: boolean): void {
    const isSentence = idIn(words.at(-1)) === undefined;
    let pending: string[] = [];
    let hasNumber = false;
    for (const word of words) {
      const id = idIn(word);
      if (id === undefined || (isSentence && hasNumber && pending.length > 0)) pending.push(word);
      else {
        keepNumbered(pending);
        ids.add(id);
        hasNumber = true;
        pending = [];
      }
    }
    if (isBeforeUrl) keepNumbered(pending);
    else if (pending.length > 0) unknown.push(pending.join(' '));
  }

  /** Drops words that lead to a known id, unless they contain a digit. */
  function keepNumbered(words: readonly string[]): void {
    if (words.some((word) => /\d/.test(word))) unknown.push(words.join(' '));
  }

  /** A number too large for an id is a list of short ids, as in `101,102,103,104`. */
  function withoutGroupedNumbers(text: string): string {
    return text.replace(GROUPED_NUMBER, (number) => {
      if (!isWorkItemId(Number(number.replaceAll(',', '')))) return number;
      unknown.push(number);
      return ';';
    });
  }

  function readLine(line: string): void {
    let rest = firstColumnOf(line);
    let isTitle = false;
    while (rest !== '') {
      const at = rest.search(/https?:\/\//i);
      const words = at < 0 ? rest : rest.slice(0, at);
      if (!isTitle) {
        const plain = withoutTitle(words);
        isTitle = plain !== words;
        const phrases = withoutGroupedNumbers(plain)
          .split(/[,;\t|]/)
          .map(wordsOf);
        for (const [index, phrase] of phrases.entries())
          readPhrase(phrase, at >= 0 && index === phrases.length - 1);
      }
      if (at < 0) return;
      const { target, length } = readUrl(rest.slice(at), baseUrls);
      if (!target) unknown.push(rest.slice(at, at + length).replace(/[,;]+$/, ''));
      else if ('workItemId' in target) ids.add(target.workItemId);
      else queryIds.add(target.queryId);
      rest = rest.slice(at + length);
    }
  }

  for (const line of text.split(/[\r\n]+/)) readLine(line);
  return { ids: [...ids], queryIds: [...queryIds], unknown };
}

function wordsOf(phrase: string): readonly string[] {
  return phrase.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

function idIn(word = ''): number | undefined {
  const id = Number(NUMBER.exec(word)?.[1] ?? NaN);
  return isWorkItemId(id) ? id : undefined;
}

function firstColumnOf(line: string): string {
  const [first = '', ...others] = line.split('\t');
  return idIn(first.trim()) !== undefined && others.some(isText) ? first : line;
}

/** Whether a cell contains words and does not end with an id. */
function isText(cell: string): boolean {
  const last = cell
    .split(/[\s,;|]+/)
    .filter((word) => word !== '')
    .at(-1);
  return /\p{L}/u.test(cell) && !cell.includes('://') && idIn(last) === undefined;
}

function withoutTitle(text: string): string {
  const end = text.search(/\d:\s/) + 1;
  return end > 0 && /\p{L}/u.test(text.slice(end)) ? text.slice(0, end) : text;
}
