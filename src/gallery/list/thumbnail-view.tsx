import * as React from 'react';
import type { AttachedFile } from '../../attached/attached-file';
import { keyOfFile } from '../../attached/attached-file';
import type { ThumbnailsByKey } from '../../attached/thumbnails';
import { FileIcon } from '../../ui/icons';

/** A small picture of a file, or the icon of its kind as long as there is none. It says nothing: the name does. */
export function ThumbnailView(props: { file: AttachedFile; thumbnails: ThumbnailsByKey }): React.JSX.Element {
  const { file, thumbnails } = props;
  const thumbnail = thumbnails.get(keyOfFile(file));
  if (thumbnail?.status === 'ready')
    return <img className="gallery-thumbnail" src={thumbnail.url} alt="" draggable={false} />;
  return (
    <span className="gallery-thumbnail">
      <FileIcon name={file.name} />
    </span>
  );
}
