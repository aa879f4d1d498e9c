import type { SaveOutcome } from '../host/host';
import type { Problem } from '../model/errors';
import type { SendStep, Upload } from '../model/upload';
import type { Pipeline } from '../pipeline';
import { countFiles, formatBytes, formatSeconds } from './format';
import { redact } from './redact';

/** Why nothing is sent just now. */
export type Hold = ReturnType<Pipeline['queue']['hold']['getSnapshot']>;

/**
 * What happened and what to do, for the person who dropped the file.
 *
 * @param subject What it happened to, as it begins a sentence: `“build.log”`, `This work item`.
 */
export function describeProblem(problem: Problem, subject: string): string {
  switch (problem.kind) {
    case 'network':
      return `${subject}: Azure DevOps could not be reached. Check the connection, then try again.`;
    case 'timeout':
      return `${subject}: Azure DevOps took too long to answer. Try again.`;
    case 'signed-out':
      return `${subject}: you are signed out of Azure DevOps. Reload the page to sign in, then try again.`;
    case 'no-permission':
      return `${subject}: you may not change this work item. Ask its project's administrator for permission.${quote(problem)}`;
    case 'work-item-missing':
      return `${subject}: the work item does not exist any more, or you may not see it.`;
    case 'work-item-closed':
      return `${subject} was attached to nothing: the new work item was closed before it was saved. Drop the file on the saved one.`;
    case 'file-too-large':
      return problem.limitBytes === undefined
        ? `${subject} is larger than Azure DevOps accepts. Compress or split it.`
        : `${subject} is larger than the ${formatBytes(problem.limitBytes)} that Azure DevOps accepts. Compress or split it.`;
    case 'request-too-large':
      return `${subject}: something between here and Azure DevOps, a proxy perhaps, refuses requests of this size. Ask whoever runs it, then try again.`;
    case 'file-unreadable':
      return `${subject} cannot be read: it was moved, deleted or changed after you picked it. Pick it again.`;
    case 'folder-unreadable':
      return `${subject} is a folder that cannot be read here. Use “Attach a folder”, or open it and drop the files themselves.`;
    case 'folder-empty':
      return `${subject} is an empty folder: there is nothing to attach.`;
    case 'attachment-limit':
      return `${subject} was not attached: a work item holds at most 100 attachments. Remove some, then try again or drop it once more.`;
    case 'link-limit':
      return `${subject} was not attached: this work item has as many links as it can hold. Remove some, then try again.`;
    case 'revision-limit':
      return `${subject} was not attached: this work item has too many revisions for the API. Attach the file in the form's own Attachments tab.`;
    case 'already-linked':
      return `${subject} is attached already.`;
    case 'comment-too-long':
      return `${subject}: a comment can have at most 255 characters. Shorten it.`;
    case 'not-attached':
      return `${subject} is not attached any more: somebody removed it.`;
    case 'conflict':
      return `${subject} was not attached: somebody changed the work item at the same moment. Try again.`;
    case 'rule-broken':
      return `${subject} was not attached, because the work item breaks a rule.${brokenRulesOf(problem)} Correct that and save, then try again.`;
    case 'throttled':
      return `${subject}: Azure DevOps asked us to slow down. Wait a moment, then try again.`;
    case 'server-busy':
      return `${subject}: Azure DevOps has a problem of its own (status ${problem.status ?? 500}). Try again in a moment.`;
    case 'version-too-new':
      return `${subject}: this Azure DevOps Server is older than Stapler supports. Azure DevOps Server 2019 Update 1 is the oldest.`;
    case 'refused':
      return `${subject}: Azure DevOps refused it.${quote(problem)}`;
    case 'unexpected-answer':
      return `${subject}: the answer did not come from Azure DevOps; a proxy or a sign-in page may be in between. Reload the page, then try again.`;
    case 'content-damaged':
      return `${subject} was not attached: what arrived at Azure DevOps differed from the file, again and again. Try again, on another network if you can.`;
    case 'link-lost':
      return `${subject} was uploaded, but the work item does not show it. Try again.`;
    case 'host-silent':
      return `${subject}: the Azure DevOps page did not answer. Reload the page, then try again.`;
    case 'internal':
      return `${subject}: Stapler made a mistake. Try again; if it happens again, report it.${quote(problem)}`;
  }
}

/** What a row says of an upload that is neither failed nor sending its bytes for the first time. */
export function describeState({ state, file, progress }: Upload): string {
  switch (state.status) {
    case 'queued':
      return 'Waiting';
    case 'preparing':
      return 'Checking';
    case 'uploading':
      return describeStep(state.step);
    case 'waiting':
      return 'Waiting to be tried again';
    case 'paused':
      return 'Paused';
    case 'needs-file':
      return describeNeededFile(file.name, progress.bytesAccepted, file.size);
    case 'uploaded':
      return 'Uploaded, attached in a moment';
    case 'waiting-for-save':
      return 'Uploaded, will be attached when you save';
    case 'linking':
      return 'Attaching';
    case 'linked':
      return 'Attached';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
  }
}

function describeNeededFile(name: string, bytesAccepted: number, size: number): string {
  const percent = Math.floor((100 * bytesAccepted) / Math.max(1, size));
  const there = percent > 0 ? `: ${percent} % is already there` : '';
  return `Drop ${quoteName(name)} again to go on${there}`;
}

function describeStep(step: SendStep): string {
  switch (step) {
    case 'sending':
      return 'Uploading';
    case 'starting-over':
      return 'Sending it again from the start: Azure DevOps cannot use what it has of it';
    case 'verifying':
      return 'Checking that every byte arrived';
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
  const which = attempt > 1 ? ` (attempt ${attempt + 1})` : '';
  if (when === 'once-online')
    return `${describeHitch(problem)} Trying again once you are back online${which}`;
  if (when.seconds === 0) return `${describeHitch(problem)} Trying again now${which}`;
  const time = formatSeconds(when.seconds);
  if (problem.retryAfterMs !== undefined) return `Azure DevOps asked us to wait ${time}${which}`;
  return `${describeHitch(problem)} Trying again in ${time}${which}`;
}

/** What happened, without the advice that a failure comes with: it is tried again without a person's doing. */
export function describeHitch(problem: Problem): string {
  switch (problem.kind) {
    case 'network':
      return 'Azure DevOps could not be reached.';
    case 'timeout':
      return 'Azure DevOps took too long to answer.';
    case 'throttled':
      return 'Azure DevOps asked us to slow down.';
    case 'server-busy':
      return `Azure DevOps has a problem of its own (status ${problem.status ?? 500}).`;
    case 'unexpected-answer':
      return 'The answer did not come from Azure DevOps.';
    case 'host-silent':
      return 'The Azure DevOps page did not answer.';
    default:
      return 'It did not work.';
  }
}

/** Why nothing is sent just now; empty when nothing keeps it. `seconds` that are left of a wait that was asked for. */
export function describeHold(hold: Hold, seconds: number): string {
  switch (hold.reason) {
    case 'nothing':
      return '';
    case 'offline':
      return 'You are offline. Uploads go on by themselves once you are back.';
    case 'asked-to-wait':
      return seconds > 0
        ? `Azure DevOps asked us to wait ${formatSeconds(seconds)}.`
        : 'Azure DevOps asked us to wait. Going on now.';
  }
}

/** Why a form that was to be saved was not. */
export function describeUnsaved(saving: Exclude<SaveOutcome, { outcome: 'saved' }>): string {
  switch (saving.outcome) {
    case 'invalid':
      return saving.fields.length > 0
        ? `It cannot be saved yet. Correct ${saving.fields.join(', ')} first.`
        : 'It cannot be saved yet: a field is missing or wrong.';
    case 'other-item':
      return 'It was not saved, because another work item is open on top of it. Close that one first.';
    case 'failed':
      return saving.message
        ? `It was not saved. Azure DevOps says: ${redact(saving.message)}`
        : 'It was not saved. Use the form’s own Save button.';
  }
}

/** `Bug 7`; `Work item 7` where the type is not known. */
export function describeWorkItem(id: number, type: string): string {
  return `${type || 'Work item'} ${id}`;
}

/** What a person is told who does not see the rows any more: `2 files were attached to Bug 7.` */
export function describeAttached(names: readonly string[], workItem: string): string {
  return `${subjectOf(names)} attached to ${workItem}.`;
}

/** What a person is told of files that were left to be attached and could not be. */
export function describeNotAttached(names: readonly string[], workItem: string, problem: Problem): string {
  return `${subjectOf(names)} not attached to ${workItem}. ${describeHitch(problem)}${quote(problem)} Open it and drop what is missing again.`;
}

/**
 * What a person is told of files for a new work item that nobody can tell from others.
 *
 * @param type `Bug`; empty where it is not known.
 */
export function describeOrphans(names: readonly string[], type: string): string {
  return `${subjectOf(names)} not attached: it is not certain which work item became of the new ${type || 'one'}. Open it and drop what is missing again.`;
}

/** What a person is told of uploads whose frame was gone: `“a.txt” was interrupted.` */
export function describeInterrupted(names: readonly string[]): string {
  return `${subjectOf(names)} interrupted.`;
}

/**
 * Why interrupted uploads do not go on by themselves.
 *
 * @param lookalikes Names of those that the work item may have already; none where a person wanted them to wait.
 * @param isUnseen Whether nobody can tell, since the work item could not be read.
 */
export function describeStopped(files: number, lookalikes: readonly string[], isUnseen = false): string {
  const [name] = lookalikes;
  const wait = files === 1 ? 'It waits for you' : 'They wait for you';
  if (isUnseen) return `${wait}: Stapler could not see what is attached already.`;
  if (name === undefined) return `${wait}.`;
  return lookalikes.length === 1
    ? `${wait}: a file like ${quoteName(name)}, of the same size, is attached already.`
    : `${wait}: ${lookalikes.length} files of the same names and sizes are attached already.`;
}

/** What a person is told who closed a form while files were being sent. */
export function describeUnsent(names: readonly string[], workItem: string): string {
  return `${subjectOf(names)} interrupted. Open ${workItem} to go on.`;
}

/** A file's name inside a sentence. The marks keep a right-to-left name from turning the words around it. */
export function quoteName(name: string): string {
  // A name that brings such marks of its own could end the isolation.
  return `“\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069”`;
}

/** `“a.txt” was`, `2 files were`. */
function subjectOf(names: readonly string[]): string {
  const [name] = names;
  return names.length === 1 && name !== undefined
    ? `${quoteName(name)} was`
    : `${countFiles(names.length)} were`;
}

function brokenRulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  const rules = brokenRules.join(' ') || serverMessage;
  return rules && ` ${redact(rules)}`;
}

function quote({ serverMessage }: Problem): string {
  return serverMessage ? ` It says: ${redact(serverMessage)}` : '';
}
