import * as React from 'react';
import type { ArchiveViewer } from '../archive/archive-viewer';
import { useLoading } from '../hooks';
import { Loaded } from '../viewer-frame';
import type { ViewerProblemKind } from '../viewer-problem';

/** Problems that the list of parts has as well, or explains less. */
const WITHOUT_PARTS: ReadonlySet<ViewerProblemKind> = new Set(['locked', 'unreadable', 'internal']);

/** Whether the parts of an Office file are listed if it cannot be shown. */
export function canListParts(kind: ViewerProblemKind): boolean {
  return !WITHOUT_PARTS.has(kind);
}

/** An Office file as an archive of its parts. */
export function PartsViewer(props: React.ComponentProps<typeof ArchiveViewer>): React.JSX.Element {
  return (
    <Loaded name={props.file.name} loading={useLoading(loadArchiveViewer)}>
      {(Archive) => <Archive {...props} />}
    </Loaded>
  );
}

async function loadArchiveViewer(): Promise<typeof ArchiveViewer> {
  return (await import(/* webpackChunkName: "view-archive" */ '../archive/archive-viewer')).ArchiveViewer;
}
