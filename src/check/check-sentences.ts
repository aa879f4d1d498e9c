import { t } from '../base/i18n/translate';
import type { CheckRow } from './check-state';
import { NOT_ASKED } from './questions/frame';

/** Texts of a question: the question, and the conduct of Stapler by the answer. */
interface Sentences {
  readonly question: () => string;
  readonly ifYes: () => string;
  /** Default: as `ifYes`. */
  readonly ifNo?: () => string;
}

/** Answers that mean yes. All others mean no. */
const YES: ReadonlySet<string> = new Set(
  'accept accepted yes allow kept taken readable granted independent part markdown'.split(' '),
);

const unused = (): string => t('Works either way.');
const oneByOne = (): string => t('Changes work items one by one.');
const namesInUrl = (): string => t('Sends names in the URL.');

const SENTENCES: Readonly<Record<string, Sentences>> = {
  'write-permission': {
    question: () => t('Can you change this work item?'),
    ifYes: () => t('Attaches files.'),
    ifNo: () => t('Only shows the files.'),
  },
  'api-version': {
    question: () => t('Newest version of the API'),
    ifYes: () => t('Uses this version.'),
  },
  'exposed-headers': {
    question: () => t('Can Stapler read the ID of a request?'),
    ifYes: () => t('Shows it in the details of an error.'),
    ifNo: () => t('Shows errors without it.'),
  },
  'updates-list': {
    question: () => t('Can Stapler read the history?'),
    ifYes: () => t('Shows who attached a file.'),
    ifNo: () => t('Shows files without the person.'),
  },
  'upload-without-project': {
    question: () => t('Can files be uploaded without a project?'),
    ifYes: () => t('Uploads without a project.'),
    ifNo: () => t('Sends the project and the area with each upload.'),
  },
  'removed-readable': {
    question: () => t('Can a removed file still be read?'),
    ifYes: () => t('Shows removed files until the page is closed.'),
    ifNo: () => t("Can't show removed files."),
  },
  'removed-linkable': {
    question: () => t('Can a removed file be restored?'),
    ifYes: () => t('Restores removed files.'),
    ifNo: () => t("Can't restore removed files."),
  },
  'second-link': {
    question: () => t('Can a file still be read after one of two work items has removed it?'),
    ifYes: () => t('Offers to link the same file of another work item.'),
    ifNo: () => t('Uploads the same file again.'),
  },
  'download-range': { question: () => t('Can a part of a file be read?'), ifYes: unused },
  'changed-date': { question: () => t('Does a new file change the date of the work item?'), ifYes: unused },
  wiql: {
    question: () => t('Can Stapler search for work items?'),
    ifYes: () => t('Finds work items by title and by query.'),
    ifNo: () => t('Asks for work item IDs.'),
  },
  'wiql-current': { question: () => t('Do searches find new files right away?'), ifYes: unused },
  'size-limit': {
    question: () => t('Does Azure DevOps report its size limit?'),
    ifYes: () => t('Shows the limit when a file is too large.'),
    ifNo: () => t('Finds out when needed.'),
  },
  'multiline-format': { question: () => t('Do work items report the format of their text?'), ifYes: unused },
  'multiline-format-preview': {
    question: () => t('Does a newer version of the API report it?'),
    ifYes: () => t('Reads texts as HTML or Markdown.'),
    ifNo: () => t('Reads texts as HTML.'),
  },
  'markdown-in-form': {
    question: () => t('Does the form accept Markdown?'),
    ifYes: () => t('Inserts images into texts in Markdown.'),
    ifNo: () => t('Copies the Markdown for you to paste.'),
  },
  'comments-readable': {
    question: () => t('Can Stapler read comments and their format?'),
    ifYes: () => t('Reads comments as HTML or Markdown.'),
    ifNo: () => t('Reads comments as HTML.'),
  },
  'chunk-statuses': {
    question: () => t('Can files be sent in chunks?'),
    ifYes: () => t('Sends large files in chunks.'),
    ifNo: () => t('Sends files of up to 130 MB in one request.'),
  },
  'repeated-chunk': {
    question: () => t('Can a chunk be sent twice?'),
    ifYes: () => t('Resends a chunk after a lost response, then compares the file.'),
    ifNo: () => t('Restarts an upload after a lost response.'),
  },
  'odd-names': {
    question: () => t('Are unusual file names kept?'),
    ifYes: () => t('Keeps file names as they are.'),
    ifNo: () => t('Shows the names that Azure DevOps returns.'),
  },
  'unnamed-upload': {
    question: () => t('Can files be uploaded without a name?'),
    ifYes: () => t('Uploads small files faster.'),
    ifNo: namesInUrl,
  },
  'name-in-relation': {
    question: () => t("Can files be named when they're attached?"),
    ifYes: () => t('Sends the names of small files when it attaches them.'),
    ifNo: namesInUrl,
  },
  'relation-url-test': {
    question: () => t('Can a change verify which file it removes?'),
    ifYes: () => t('Verifies each file before it removes it.'),
    ifNo: () => t('Compares the files after each removal.'),
  },
  'replace-name': {
    question: () => t('Can an attached file be renamed?'),
    ifYes: () => t('Renames files without another upload.'),
    ifNo: () => t("Can't rename attached files."),
  },
  batch: {
    question: () => t('Can several work items be changed at once?'),
    ifYes: () => t('Changes up to 50 work items at once.'),
    ifNo: oneByOne,
  },
  'batch-failure': {
    question: () => t('If one change fails, do the others succeed?'),
    ifYes: () => t('Reads the result of each change.'),
    ifNo: () => t('Repeats the changes one by one.'),
  },
  sandbox: {
    question: () => t('Does Stapler run in a sandbox?'),
    ifYes: () => t('Downloads files through Azure DevOps.'),
    ifNo: () => t('Downloads files directly.'),
  },
  'secure-context': {
    question: () => t('Is the page secure (HTTPS)?'),
    ifYes: () => t('Uses all features of the browser.'),
    ifNo: () => t('Replaces the features that the browser reserves for secure pages.'),
  },
  storage: {
    question: () => t('Can Stapler store settings in this browser?'),
    ifYes: () => t('Remembers these answers for you.'),
    ifNo: () => t('Remembers these answers until the page is closed.'),
  },
  database: {
    question: () => t('Can Stapler store interrupted uploads in this browser?'),
    ifYes: () => t('Resumes uploads after the page is closed.'),
    ifNo: () => t("Can't resume uploads after the page is closed."),
  },
  locks: {
    question: () => t('Does the browser report when another tab closes?'),
    ifYes: () => t('Resumes the uploads of a closed tab right away.'),
    ifNo: () => t('Resumes the uploads of a closed tab after a while.'),
  },
  channel: {
    question: () => t('Can tabs notify each other?'),
    ifYes: () => t('Notifies other tabs of changes.'),
    ifNo: () => t('Shows changes from other tabs later.'),
  },
  clipboard: {
    question: () => t('Can Stapler copy to the clipboard?'),
    ifYes: () => t('Copies with one click.'),
    ifNo: () => t('Might ask you to copy with the keyboard.'),
  },
  message: {
    question: () => t('Does Azure DevOps show a message?'),
    ifYes: () => t('Shows Azure DevOps messages.'),
    ifNo: () => t('Also shows a short notice.'),
  },
  window: { question: () => t('Can Stapler open a window?'), ifYes: unused },
  'window-opener': {
    question: () => t('Can a window of Stapler send files to the form?'),
    ifYes: () => t('Offers “Capture…” in the menu of the form.'),
    ifNo: () => t("Doesn't offer “Capture…”. Paste screenshots instead."),
  },
  'extension-data': {
    question: () => t('Can Stapler read your settings from Azure DevOps?'),
    ifYes: () => t('Uses your settings on all your devices.'),
    ifNo: () => t('Uses the default settings.'),
  },
  panel: {
    question: () => t('Does Azure DevOps open a panel?'),
    ifYes: () => t('Opens the panel for several work items from the form.'),
    ifNo: () => t('Asks you to open the panel from a list.'),
  },
  kept: {
    question: () => t('Is a restored file still there after 30 days?'),
    ifYes: () => t('Restores removed files.'),
    ifNo: () => t('Restored files last only 30 days. Upload them again instead.'),
  },
  'kept-second-link': {
    question: () => t('Is a file still there 30 days after one of two work items has removed it?'),
    ifYes: () => t('Suggests linking the same file of another work item.'),
    ifNo: () => t('Uploads the same file again.'),
  },
  'kept-picture': {
    question: () => t('Is an image in a text still there after 30 days?'),
    ifYes: unused,
    ifNo: () => t('Images in texts last only 30 days. Attach them as files.'),
  },
};

/** Texts of a row of the table. */
export interface RowSentences {
  readonly question: string;
  readonly seen: string;
  readonly conduct: string;
}

/** Question in plain words; `''` for an unknown one. */
export function describeQuestion(id: string): string {
  return SENTENCES[id]?.question() ?? '';
}

/** @param last Last step; empty if there is none. */
function describeNoAnswer(last: string): string {
  return last ? t('No answer ({details})', { details: last }) : t('No answer');
}

/** Describes a result: the question, the answer, and the conduct of Stapler. */
export function describeRow({ id, answer, seen: details, steps }: CheckRow): RowSentences {
  const sentences = SENTENCES[id];
  const question = describeQuestion(id);
  const last = steps.split(', ').at(-1) ?? '';
  if (answer === null) {
    const seen = details === NOT_ASKED ? t('Skipped (not selected)') : describeNoAnswer(last);
    return { question, seen, conduct: t('Finds out when needed.') };
  }
  const isValue = id === 'api-version' || (id === 'size-limit' && answer !== 'none');
  if (isValue) return { question, seen: answer, conduct: sentences?.ifYes() ?? '' };
  const isYes = YES.has(answer) || answer === '200, 200, 200';
  const conduct = isYes ? sentences?.ifYes : (sentences?.ifNo ?? sentences?.ifYes);
  const word = isYes ? t('Yes') : t('No');
  const seen = !isYes && last ? t('{answer} ({details})', { answer: word, details: last }) : word;
  return { question, seen, conduct: conduct?.() ?? '' };
}
