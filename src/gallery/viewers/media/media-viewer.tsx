import * as React from 'react';
import { extensionOf, kindOf } from '../../../base/file-kind';
import { useObjectUrl } from '../hooks';
import type { ViewerProps } from '../viewer';
import { ViewerFrame, ViewerError } from '../viewer-frame';
import './media.css';

/**
 * MIME subtypes different from the file extension. QuickTime uses the container of MP4: browsers play it if they
 * support the codecs inside.
 */
const SUBTYPES: Readonly<Record<string, string>> = {
  m4v: 'mp4',
  mov: 'mp4',
  ogv: 'ogg',
  mkv: 'x-matroska',
  mp3: 'mpeg',
  m4a: 'mp4',
  oga: 'ogg',
  opus: 'ogg',
  weba: 'webm',
};

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

/** Returns the MIME type of a video or audio file by its name: `video/mp4`. */
export function mediaType(name: string, kind: 'video' | 'audio'): string {
  const extension = extensionOf(name);
  return `${kind}/${SUBTYPES[extension] ?? extension}`;
}
