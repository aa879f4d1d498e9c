import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import { makeVisible } from '../../base/visible-text';
import type { Problem } from '../../base/errors';
import { formatBytes, listOf } from '../../base/format';
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
 * @param subject File, work item or part of the page: `“build.log”`, `Bug 7`.
 */
export function describeProblem(problem: Problem, subject: string): string {
  return t('{subject}: {problem}', { subject, problem: describeError(problem) });
}

/** Describes a problem and its remedy, for a place that names its subject. */
export function describeError(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return problem.isBlocked
        ? t(
            "Stapler can't reach Azure DevOps. Your browser might block requests to other sites or the local network, or the extension isn't approved yet.",
          )
        : t("Can't reach Azure DevOps. Check your connection, then retry.");
    case 'timeout':
      return t('Azure DevOps took too long to respond. Try again.');
    case 'signed-out':
      return t("You're signed out of Azure DevOps. Reload the page to sign in, then retry.");
    case 'no-permission':
      return joinSentences(
        t("You don't have permission to edit this work item. Ask a project administrator."),
        quoteServer(problem),
      );
    case 'work-item-missing':
      return t("This work item doesn't exist, or you don't have permission to view it.");
    case 'work-item-closed':
      return t('The work item was closed without saving. Add the file to a saved work item.');
    case 'file-too-large':
      return problem.limitBytes === undefined
        ? t('This file is too large for Azure DevOps. Compress or split it.')
        : t('This file is larger than {limit}, the limit of Azure DevOps. Compress or split it.', {
            limit: formatBytes(problem.limitBytes),
          });
    case 'request-too-large':
      return t('Your network blocks files of this size. Contact your IT team.');
    case 'file-unreadable':
      return t("Can't read this file. It was moved, deleted, or changed. Choose it again.");
    case 'file-changed':
      return t('This file changed after you added it. Upload the new version.');
    case 'has-secrets':
      return joinSentences(t('This file seems to contain secrets.'), ...(problem.brokenRules ?? []));
    case 'not-cleaned':
      return t("The metadata of this file can't be removed.");
    case 'breaks-policy':
      return joinSentences(...(problem.brokenRules ?? [t("This project's policy doesn't allow this file.")]));
    case 'folder-unreadable':
      return t("This folder can't be read here. Use “Attach a folder”, or drop its files instead.");
    case 'folder-empty':
      return t('This folder is empty.');
    case 'attachment-limit':
      return t(
        'This work item is full ({limit, number} attachments). Remove some, then add the file again.',
        {
          limit: problem.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM,
        },
      );
    case 'link-limit':
      return t("This work item can't hold more links. Remove some, then retry.");
    case 'revision-limit':
      return t(
        "Stapler can't change this work item because its history is too long. Use the Attachments tab instead.",
      );
    case 'already-linked':
      return t('This file is already attached.');
    case 'comment-too-long':
      return t('The comment is longer than 255 characters. Shorten it.');
    case 'not-attached':
      return t('Someone removed this attachment.');
    case 'elsewhere':
      return t('This file is outside of this organization. Open it in a new tab.');
    case 'conflict':
      return t('Someone changed the work item at the same time. Try again.');
    case 'rule-broken':
      return joinSentences(
        t('The work item has invalid fields.'),
        brokenRulesOf(problem),
        t('Fix them, save, then retry.'),
      );
    case 'throttled':
      return t('Azure DevOps is busy. Wait a moment, then retry.');
    case 'server-busy':
      return t("Azure DevOps isn't responding. Wait a moment, then retry.");
    case 'version-too-new':
      return t('Stapler needs Azure DevOps Server 2019 Update 1 or later.');
    case 'refused':
      return joinSentences(t('Azure DevOps rejected the request.'), quoteServer(problem));
    case 'unexpected-answer':
      return t('Unexpected response. You might need to sign in again – reload the page.');
    case 'content-damaged':
      return t('The file was damaged during upload. Try again, or use another network.');
    case 'split-incomplete':
      return problem.parts === undefined
        ? t("The parts of this split file don't match. Save them one by one.")
        : t('Parts of this split file are missing or damaged: {parts}. Save the others one by one.', {
            parts: problem.parts.join(', '),
          });
    case 'link-lost':
      return t('Uploaded, but not attached. Try again.');
    case 'host-silent':
      return t('Azure DevOps stopped responding. Reload the page, then retry.');
    case 'updated':
      return t('Stapler was updated. Reload the page.');
    case 'internal':
      return joinSentences(
        t('Something went wrong. Try again. If it keeps happening, report it.'),
        quoteServer(problem),
      );
  }
}

/** The problem of a work item that could not be read: permission to edit it is not the question. */
export function asReadProblem(problem: Problem): Problem {
  return problem.kind === 'no-permission' ? { ...problem, kind: 'work-item-missing' } : problem;
}

/**
 * Describes a problem and its remedy in a row with details: with the names of invalid fields, without codes of the server.
 */
export function describeInRow(problem: Problem): string {
  const { kind, brokenRules = [], serverMessage = '' } = problem;
  const fields = brokenRules.flatMap((rule) => /^(?:[\w-]+\.)+([\w-]+): /.exec(rule)?.[1] ?? []);
  if (kind === 'rule-broken' && fields.length > 0 && fields.length === brokenRules.length)
    return t('The work item has invalid fields: {fields}. Fix them, save, then retry.', {
      fields: listOf(fields),
    });
  return describeError({
    ...problem,
    brokenRules: brokenRules.map(withoutCodes),
    // The sentence about permissions says the same.
    serverMessage: kind === 'no-permission' ? '' : withoutCodes(serverMessage),
  });
}

function withoutCodes(text: string): string {
  return text.replace(/\b(?:TF|VS)\d{5,}:\s*/g, '');
}

/** Describes the cause without advice, for errors retried automatically. */
export function describeCause(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return t("Can't reach Azure DevOps.");
    case 'timeout':
      return t('Azure DevOps took too long to respond.');
    case 'signed-out':
      return t("You're signed out of Azure DevOps.");
    case 'throttled':
      return t('Azure DevOps is busy.');
    case 'server-busy':
      return t("Azure DevOps isn't responding.");
    case 'unexpected-answer':
      return t('Unexpected response.');
    case 'host-silent':
      return t('Azure DevOps stopped responding.');
    default:
      return t('Something went wrong.');
  }
}

function brokenRulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  return redact(brokenRules.join(' ') || serverMessage);
}

/** Quotes the server's message, without secrets; empty if there is none. */
export function quoteServer({ serverMessage }: Problem): string {
  return serverMessage ? t('Message: {answer}', { answer: redact(serverMessage) }) : '';
}
