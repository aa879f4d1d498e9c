import * as React from 'react';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { BundleLine } from '../bundle/bundle-line';
import { Bin } from './bin';
import { RenameLine } from './rename-line';
import { ReplacingLines } from './replacing-lines';
import { TransferLine } from './transfer-line';

/** Props of `CommandLines`. */
export interface CommandLinesProps {
  readonly state: GalleryState;
  readonly session: Pick<
    GallerySession,
    'replacements' | 'transfers' | 'renames' | 'bundling' | 'loadBundler' | 'restore' | 'dismissRemoval'
  >;
}

/** Progress and results of replacements, copies, moves, renames, bundles and removals. */
export function CommandLines({ state, session }: CommandLinesProps): React.JSX.Element {
  return (
    <>
      <ReplacingLines replacements={session.replacements} />
      <TransferLine state={state} transfers={session.transfers} />
      <RenameLine state={state} renames={session.renames} />
      <BundleLine state={state} session={session} />
      <Bin state={state} session={session} />
    </>
  );
}
