import type { Problem } from '../model/errors';
import type { Upload } from '../model/upload';
import { formatBytes } from './format';

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

/** What a row says of an upload that is neither moving nor failed. */
export function describeState({ state }: Upload): string {
  switch (state.status) {
    case 'queued':
      return 'Waiting';
    case 'preparing':
      return 'Checking';
    case 'uploading':
      return 'Uploading';
    case 'waiting':
      return 'Trying again soon';
    case 'paused':
      return 'Paused';
    case 'uploaded':
      return 'Uploaded, waiting for the other files';
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

/** A file's name inside a sentence. The marks keep a right-to-left name from turning the words around it. */
export function quoteName(name: string): string {
  // A name that brings such marks of its own could end the isolation.
  return `“\u2068${name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069”`;
}

function brokenRulesOf({ brokenRules = [], serverMessage = '' }: Problem): string {
  const rules = brokenRules.join(' ') || serverMessage;
  return rules && ` ${rules}`;
}

function quote({ serverMessage }: Problem): string {
  return serverMessage ? ` It says: ${serverMessage}` : '';
}
