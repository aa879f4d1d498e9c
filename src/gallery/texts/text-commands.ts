import { longTextsOf } from '../../azure/rest/long-texts';
import type { FrameServices } from '../../upload/frame-services';
import { createTextRewriter } from '../../upload/texts/rewrite-texts';
import type { AttachFromText, AttachFromTextOptions } from './attach-from-text';
import { createAttachFromText } from './attach-from-text';
import type { CopiesHere, CopiesHereOptions } from './copies-here';
import { createCopiesHere } from './copies-here';

/** Commands of a gallery for files in texts. */
export interface TextCommands {
  readonly attach: AttachFromText;
  readonly copyHere: CopiesHere['start'];
  readonly undoCopyHere: CopiesHere['undo'];
}

/** Dependencies of `createTextCommands`. */
export type TextCommandsOptions = AttachFromTextOptions &
  Omit<CopiesHereOptions, 'rewriter'> & {
    readonly services: Pick<FrameServices, 'connection' | 'workItems' | 'mutex' | 'runtime'>;
  };

/** Creates the commands. */
export function createTextCommands(options: TextCommandsOptions): TextCommands {
  const { services } = options;
  const texts = longTextsOf(services.connection);
  const copies = createCopiesHere({ ...options, rewriter: createTextRewriter({ ...services, texts }) });
  return { attach: createAttachFromText(options), copyHere: copies.start, undoCopyHere: copies.undo };
}
