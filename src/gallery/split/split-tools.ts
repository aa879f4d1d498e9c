export { joinSplitFiles, soundParts } from '../model/split-files';
export { describeParts } from './describe-parts';
export { readJoined } from './read-joined';
