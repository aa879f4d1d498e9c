/**
 * Default answers of the emulator, `assumptionAnswers`; a test keeps them equal. The emulator is no part of the
 * extension.
 */
export const ASSUMED = {
  repeatedChunk: 'refuse',
  unnamedUpload: 'accept',
  nameInRelation: 'kept',
  retryAfterReadable: 'false',
  relationUrlTest: 'allow',
  batchFromExtension: 'taken',
  batchFailure: 'independent',
  uploadWithoutProject: 'accepted',
} as const;
