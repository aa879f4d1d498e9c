import type { SaveOutcome } from '../host/host';
import { t } from '../i18n/translate';
import type { Problem } from '../model/errors';
import type { SendStep, Upload } from '../model/upload';
import type { Pipeline } from '../pipeline';
import { formatBytes, formatSeconds, listOf } from './format';
import { redact } from './redact';

/** Why nothing is sent just now. */
export type Hold = ReturnType<Pipeline['queue']['hold']['getSnapshot']>;

/** Sentences one after the other; what is empty is left out. */
export function joinSentences(...sentences: readonly (string | false | undefined)[]): string {
  return sentences
    .filter((sentence): sentence is string => Boolean(sentence))
    .reduce((text, next) => (text ? t('{text} {next}', { text, next }) : next), '');
}

/**
 * What happened and what to do, for the person who dropped the file.
 *
 * @param subject What it happened to, as it begins a sentence: `“build.log”`, `This work item`.
 */
export function describeProblem(problem: Problem, subject: string): string {
  switch (problem.kind) {
    case 'network':
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
        quote(problem),
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
    case 'folder-unreadable':
      return t(
        '{subject} is a folder that cannot be read here. Use “Attach a folder”, or open it and drop the files themselves.',
        { subject },
      );
    case 'folder-empty':
      return t('{subject} is an empty folder: there is nothing to attach.', { subject });
    case 'attachment-limit':
      return t(
        '{subject} was not attached: a work item holds at most 100 attachments. Remove some, then try again or drop it once more.',
        { subject },
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
      return t('{subject} is not attached any more: somebody removed it.', { subject });
    case 'conflict':
      return t('{subject} was not attached: somebody changed the work item at the same moment. Try again.', {
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
      return joinSentences(t('{subject}: Azure DevOps refused it.', { subject }), quote(problem));
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
    case 'internal':
      return joinSentences(
        t('{subject}: Stapler made a mistake. Try again; if it happens again, report it.', { subject }),
        quote(problem),
      );
  }
}

/** What a row says of an upload that is neither failed nor sending its bytes for the first time. */
export function describeState({ state, file, progress }: Upload): string {
  switch (state.status) {
    case 'queued':
      return t('Waiting');
    case 'preparing':
      return t('Checking');
    case 'uploading':
      return describeStep(state.step);
    case 'waiting':
      return t('Waiting to be tried again');
    case 'paused':
      return t('Paused');
    case 'needs-file':
      return describeNeededFile(file.name, progress.bytesAccepted, file.size);
    case 'uploaded':
      return t('Uploaded, attached in a moment');
    case 'waiting-for-save':
      return t('Uploaded, will be attached when you save');
    case 'linking':
      return t('Attaching');
    case 'linked':
      return t('Attached');
    case 'failed':
      return t('Failed');
    case 'cancelled':
      return t('Cancelled');
  }
}

function describeNeededFile(name: string, bytesAccepted: number, size: number): string {
  const percent = Math.floor((100 * bytesAccepted) / Math.max(1, size));
  const quoted = quoteName(name);
  return percent > 0
    ? t('Drop {name} again to go on: {percent, number} % is already there', { name: quoted, percent })
    : t('Drop {name} again to go on', { name: quoted });
}

function describeStep(step: SendStep): string {
  switch (step) {
    case 'sending':
      return t('Uploading');
    case 'starting-over':
      return t('Sending it again from the start: Azure DevOps cannot use what it has of it');
    case 'verifying':
      return t('Checking that every byte arrived');
  }
}

/** When something that failed is tried again. */
export type WhenAgain =
  /** In so many whole seconds; 0 is now. */
  { readonly seconds: number } | 'once-online';

/**
 * What happened to an upload that goes on by itself, and when that will be.
 *
 * @param attempt The attempt that failed, 1-based.
 */
export function describeWait(problem: Problem, attempt: number, when: WhenAgain): string {
  const plan = describePlan(problem, when);
  return attempt > 1 ? t('{plan} (attempt {attempt, number})', { plan, attempt: attempt + 1 }) : plan;
}

function describePlan(problem: Problem, when: WhenAgain): string {
  if (when === 'once-online')
    return joinSentences(describeHitch(problem), t('Trying again once you are back online'));
  if (when.seconds === 0) return joinSentences(describeHitch(problem), t('Trying again now'));
  const time = formatSeconds(when.seconds);
  return problem.retryAfterMs === undefined
    ? joinSentences(describeHitch(problem), t('Trying again in {time}', { time }))
    : t('Azure DevOps asked us to wait {time}', { time });
}

/** What happened, without the advice that a failure comes with: it is tried again without a person's doing. */
export function describeHitch(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return t('Azure DevOps could not be reached.');
    case 'timeout':
      return t('Azure DevOps took too long to answer.');
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

/** Why nothing is sent just now; empty when nothing keeps it. `seconds` that are left of a wait that was asked for. */
export function describeHold(hold: Hold, seconds: number): string {
  switch (hold.reason) {
    case 'nothing':
      return '';
    case 'offline':
      return t('You are offline. Uploads go on by themselves once you are back.');
    case 'asked-to-wait':
      return seconds > 0
        ? t('Azure DevOps asked us to wait {time}.', { time: formatSeconds(seconds) })
        : t('Azure DevOps asked us to wait. Going on now.');
  }
}

/** Why a form that was to be saved was not. */
export function describeUnsaved(saving: Exclude<SaveOutcome, { outcome: 'saved' }>): string {
  switch (saving.outcome) {
    case 'invalid':
      return saving.fields.length > 0
        ? t('It cannot be saved yet. Correct {fields} first.', { fields: listOf(saving.fields) })
        : t('It cannot be saved yet: a field is missing or wrong.');
    case 'other-item':
      return t('It was not saved, because another work item is open on top of it. Close that one first.');
    case 'failed':
      return saving.message
        ? t('It was not saved. Azure DevOps says: {answer}', { answer: redact(saving.message) })
        : t('It was not saved. Use the form’s own Save button.');
  }
}

/** `Bug 7`; `Work item 7` where the type is not known. */
export function describeWorkItem(id: number, type: string): string {
  return type ? `${type} ${id}` : t('Work item {id}', { id });
}

/** What a person is told who does not see the rows any more: `2 files were attached to Bug 7.` */
export function describeAttached(names: readonly string[], workItem: string): string {
  const name = onlyOf(names);
  return name === undefined
    ? t(
        '{count, plural, one {# file was attached to {workItem}.} other {# files were attached to {workItem}.}}',
        { count: names.length, workItem },
      )
    : t('{name} was attached to {workItem}.', { name, workItem });
}

/** What a person is told of files that were left to be attached and could not be. */
export function describeNotAttached(names: readonly string[], workItem: string, problem: Problem): string {
  const name = onlyOf(names);
  return joinSentences(
    name === undefined
      ? t(
          '{count, plural, one {# file was not attached to {workItem}.} other {# files were not attached to {workItem}.}}',
          { count: names.length, workItem },
        )
      : t('{name} was not attached to {workItem}.', { name, workItem }),
    describeHitch(problem),
    quote(problem),
    t('Open it and drop what is missing again.'),
  );
}

/**
 * What a person is told of files for a new work item that nobody can tell from others.
 *
 * @param type `Bug`; empty where it is not known.
 */
export function describeOrphans(names: readonly string[], type: string): string {
  return joinSentences(describeLost(names, type), t('Open it and drop what is missing again.'));
}

function describeLost(names: readonly string[], type: string): string {
  const name = onlyOf(names);
  const count = names.length;
  if (name !== undefined)
    return type
      ? t('{name} was not attached: it is not certain which work item became of the new {type}.', {
          name,
          type,
        })
      : t('{name} was not attached: it is not certain which work item became of the new one.', { name });
  return type
    ? t(
        '{count, plural, one {# file was not attached: it is not certain which work item became of the new {type}.} other {# files were not attached: it is not certain which work item became of the new {type}.}}',
        { count, type },
      )
    : t(
        '{count, plural, one {# file was not attached: it is not certain which work item became of the new one.} other {# files were not attached: it is not certain which work item became of the new one.}}',
        { count },
      );
}

/** What a person is told of uploads whose frame was gone: `“a.txt” was interrupted.` */
export function describeInterrupted(names: readonly string[]): string {
  const name = onlyOf(names);
  return name === undefined
    ? t('{count, plural, one {# file was interrupted.} other {# files were interrupted.}}', {
        count: names.length,
      })
    : t('{name} was interrupted.', { name });
}

/**
 * Why interrupted uploads do not go on by themselves.
 *
 * @param lookalikes Names of those that the work item may have already; none where a person wanted them to wait.
 * @param isUnseen Whether nobody can tell, since the work item could not be read.
 */
export function describeStopped(files: number, lookalikes: readonly string[], isUnseen = false): string {
  if (isUnseen)
    return t(
      '{count, plural, one {It waits for you: Stapler could not see what is attached already.} other {They wait for you: Stapler could not see what is attached already.}}',
      { count: files },
    );
  if (lookalikes.length === 0)
    return t('{count, plural, one {It waits for you.} other {They wait for you.}}', { count: files });
  const name = onlyOf(lookalikes);
  return name === undefined
    ? t(
        'They wait for you: {count, plural, one {# file of the same name and size is attached already.} other {# files of the same names and sizes are attached already.}}',
        { count: lookalikes.length },
      )
    : t(
        '{count, plural, one {It waits for you: a file like {name}, of the same size, is attached already.} other {They wait for you: a file like {name}, of the same size, is attached already.}}',
        { count: files, name },
      );
}

/** What a person is told who closed a form while files were being sent. */
export function describeUnsent(names: readonly string[], workItem: string): string {
  return joinSentences(describeInterrupted(names), t('Open {workItem} to go on.', { workItem }));
}

/** A file's name inside a sentence. The marks keep a right-to-left name from turning the words around it. */
export function quoteName(name: string): string {
  // A name that brings such marks of its own could end the isolation.
  return t('“{name}”', { name: `\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069` });
}

/** The name of a file that is the only one, for a sentence; of several, their number is told. */
function onlyOf(names: readonly string[]): string | undefined {
  const [name] = names;
  return names.length === 1 && name !== undefined ? quoteName(name) : undefined;
}

function brokenRulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  return redact(brokenRules.join(' ') || serverMessage);
}

function quote({ serverMessage }: Problem): string {
  return serverMessage ? t('It says: {answer}', { answer: redact(serverMessage) }) : '';
}
