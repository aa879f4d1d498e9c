import * as React from 'react';
import { kindOf } from '../../../base/file-kind';
import { useObjectUrl } from '../hooks';
import type { ViewerProps } from '../viewer';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import { mediaType } from './media-type';
import './media.css';

/** Plays video or audio with the browser's controls, without autoplay. */
export function MediaViewer({ file }: ViewerProps): React.JSX.Element {
  const kind = kindOf(file.name) === 'audio' ? 'audio' : 'video';
  const url = useObjectUrl(file.bytes, mediaType(file.name, kind));
  const [failed, setFailed] = React.useState<string>();
  const player = React.useRef<HTMLVideoElement>(null);
  React.useEffect(() => {
    const { current } = player;
    // A removed player keeps playing until garbage collection.
    return () => current?.pause();
  }, [url]);
  if (url !== undefined && failed === url)
    return (
      <ViewerFrame>
        <ViewerError kind="no-media" name={file.name} />
      </ViewerFrame>
    );
  const settings = {
    ref: player,
    src: url,
    controls: true,
    preload: 'metadata',
    'aria-label': file.name,
    onError: () => setFailed(url),
  };
  return (
    <ViewerFrame>
      <div className="viewer-media">
        {url !== undefined &&
          (kind === 'audio' ? <audio {...settings} /> : <video {...settings} playsInline={true} />)}
      </div>
    </ViewerFrame>
  );
}
