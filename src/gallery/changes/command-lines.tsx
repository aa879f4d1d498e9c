import * as React from 'react';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { Bin } from './bin';
import { RenameLine } from './rename-line';
import { ReplacingLines } from './replacing-lines';
import { TransferLine } from './transfer-line';

/** Props of `CommandLines`. */
export interface CommandLinesProps {
  readonly state: GalleryState;
  readonly session: Pick<
    GallerySession,
    'replacements' | 'transfers' | 'renames' | 'restore' | 'dismissRemoval'
  >;
}

/** Progress and results of replacements, copies, moves, renames and removals. */
export function CommandLines({ state, session }: CommandLinesProps): React.JSX.Element {
  return (
    <>
      <ReplacingLines replacements={session.replacements} />
      <TransferLine state={state} transfers={session.transfers} />
      <RenameLine state={state} renames={session.renames} />
      <Bin state={state} session={session} />
    </>
  );
}
