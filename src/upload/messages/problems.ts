import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import { makeVisible } from '../../base/visible-text';
import type { Problem } from '../../base/errors';
import { formatBytes } from '../../base/format';
import { redact } from '../../base/redact';

/** Joins sentences and skips empty ones. */
export function joinSentences(...sentences: readonly (string | false | undefined)[]): string {
  return sentences
    .filter((sentence): sentence is string => Boolean(sentence))
    .reduce((text, next) => (text ? t('{text} {next}', { text, next }) : next), '');
}

/** Quotes a file's name for a sentence. The marks keep a right-to-left name from reordering the words around it. */
export function quoteName(name: string): string {
  return t('“{name}”', { name: `\u2068${makeVisible(name)}\u2069` });
}

/**
 * Describes a problem and its remedy for the user.
 *
 * @param subject Start of the sentence: `“build.log”`, `This work item`.
 */
export function describeProblem(problem: Problem, subject: string): string {
  switch (problem.kind) {
    case 'network':
      if (problem.isBlocked)
        return t(
          '{subject}: Azure DevOps could not be reached, although its page is open. The browser may block requests to other sites or to the local network, or the extension is not approved yet.',
          { subject },
        );
      return t('{subject}: Azure DevOps could not be reached. Check the connection, then try again.', {
        subject,
      });
    case 'timeout':
      return t('{subject}: Azure DevOps took too long to answer. Try again.', { subject });
    case 'signed-out':
      return t('{subject}: you are signed out of Azure DevOps. Reload the page to sign in, then try again.', {
        subject,
      });
    case 'no-permission':
      return joinSentences(
        t("{subject}: you may not change this work item. Ask its project's administrator for permission.", {
          subject,
        }),
        quoteServer(problem),
      );
    case 'work-item-missing':
      return t('{subject}: the work item does not exist any more, or you may not see it.', { subject });
    case 'work-item-closed':
      return t(
        '{subject} was attached to nothing: the new work item was closed before it was saved. Drop the file on the saved one.',
        { subject },
      );
    case 'file-too-large':
      return problem.limitBytes === undefined
        ? t('{subject} is larger than Azure DevOps accepts. Compress or split it.', { subject })
        : t('{subject} is larger than the {limit} that Azure DevOps accepts. Compress or split it.', {
            subject,
            limit: formatBytes(problem.limitBytes),
          });
    case 'request-too-large':
      return t(
        '{subject}: something between here and Azure DevOps, a proxy perhaps, refuses requests of this size. Ask whoever runs it, then try again.',
        { subject },
      );
    case 'file-unreadable':
      return t(
        '{subject} cannot be read: it was moved, deleted or changed after you picked it. Pick it again.',
        { subject },
      );
    case 'file-changed':
      return t('{subject} changed on disk after you picked it. Upload the new version.', { subject });
    case 'folder-unreadable':
      return t(
        '{subject} is a folder that cannot be read here. Use “Attach a folder”, or open it and drop the files themselves.',
        { subject },
      );
    case 'folder-empty':
      return t('{subject} is an empty folder: there is nothing to attach.', { subject });
    case 'attachment-limit':
      return t(
        '{subject} was not attached: a work item holds at most {limit, number} attachments. Remove some, then try again or drop it once more.',
        { subject, limit: problem.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM },
      );
    case 'link-limit':
      return t(
        '{subject} was not attached: this work item has as many links as it can hold. Remove some, then try again.',
        { subject },
      );
    case 'revision-limit':
      return t(
        "{subject} was not attached: this work item has too many revisions for the API. Attach the file in the form's own Attachments tab.",
        { subject },
      );
    case 'already-linked':
      return t('{subject} is attached already.', { subject });
    case 'comment-too-long':
      return t('{subject}: a comment can have at most 255 characters. Shorten it.', { subject });
    case 'not-attached':
      return t('{subject} is not attached any more: someone removed it.', { subject });
    case 'conflict':
      return t('{subject} was not attached: someone changed the work item at the same moment. Try again.', {
        subject,
      });
    case 'rule-broken':
      return joinSentences(
        t('{subject} was not attached, because the work item breaks a rule.', { subject }),
        brokenRulesOf(problem),
        t('Correct that and save, then try again.'),
      );
    case 'throttled':
      return t('{subject}: Azure DevOps asked us to slow down. Wait a moment, then try again.', { subject });
    case 'server-busy':
      return t('{subject}: Azure DevOps has a problem of its own (status {status}). Try again in a moment.', {
        subject,
        status: problem.status ?? 500,
      });
    case 'version-too-new':
      return t(
        '{subject}: this Azure DevOps Server is older than Stapler supports. Azure DevOps Server 2019 Update 1 is the oldest.',
        { subject },
      );
    case 'refused':
      return joinSentences(t('{subject}: Azure DevOps refused it.', { subject }), quoteServer(problem));
    case 'unexpected-answer':
      return t(
        '{subject}: the answer did not come from Azure DevOps; a proxy or a sign-in page may be in between. Reload the page, then try again.',
        { subject },
      );
    case 'content-damaged':
      return t(
        '{subject} was not attached: what arrived at Azure DevOps differed from the file, again and again. Try again, on another network if you can.',
        { subject },
      );
    case 'link-lost':
      return t('{subject} was uploaded, but the work item does not show it. Try again.', { subject });
    case 'host-silent':
      return t('{subject}: the Azure DevOps page did not answer. Reload the page, then try again.', {
        subject,
      });
    case 'updated':
      return t('{subject}: Stapler was updated. Reload the page.', { subject });
    case 'internal':
      return joinSentences(
        t('{subject}: Stapler made a mistake. Try again; if it happens again, report it.', { subject }),
        quoteServer(problem),
      );
  }
}

/** Describes the cause without advice, for errors retried automatically. */
export function describeCause(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return t('Azure DevOps could not be reached.');
    case 'timeout':
      return t('Azure DevOps took too long to answer.');
    case 'signed-out':
      return t('You are signed out of Azure DevOps.');
    case 'throttled':
      return t('Azure DevOps asked us to slow down.');
    case 'server-busy':
      return t('Azure DevOps has a problem of its own (status {status}).', { status: problem.status ?? 500 });
    case 'unexpected-answer':
      return t('The answer did not come from Azure DevOps.');
    case 'host-silent':
      return t('The Azure DevOps page did not answer.');
    default:
      return t('It did not work.');
  }
}

function brokenRulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  return redact(brokenRules.join(' ') || serverMessage);
}

/** Quotes the server's message, without secrets; empty if there is none. */
export function quoteServer({ serverMessage }: Problem): string {
  return serverMessage ? t('It says: {answer}', { answer: redact(serverMessage) }) : '';
}
