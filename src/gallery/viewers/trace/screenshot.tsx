import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { readImageSize } from '../image/image-size';
import type { FindFile } from '../har/request-body';
import { useLoading, useObjectUrl } from '../hooks';
import { formatDuration } from '../results/result-sentences';
import type { ViewerProps } from '../viewer';
import { ViewerProblem } from '../viewer-problem';
import type { TraceFrame } from './trace-log';

/** Maximum size of a picture, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Maximum number of pixels of a picture. */
const MAX_PIXELS = 40_000_000;

/** A picture of a page. It opens in the viewer for images. */
export function Screenshot(props: {
  frame: TraceFrame;
  /** Start of the trace. */
  start: number;
  findFile: FindFile;
  openPart: ViewerProps['openPart'];
}): React.JSX.Element {
  const { frame, start, findFile, openPart } = props;
  const label = t('Screenshot at {time}', { time: formatDuration(Math.max(0, frame.time - start)) });
  const file = findFile(frame.path);
  const loading = useLoading(
    React.useCallback(
      async (signal: AbortSignal) => {
        const found = findFile(frame.path);
        if (!found || found.size > MAX_BYTES) throw new ViewerProblem('no-image');
        const picture = await found.extract(signal);
        const size = await readImageSize(picture);
        if (!size || size.width * size.height > MAX_PIXELS) throw new ViewerProblem('no-image');
        return picture;
      },
      [frame, findFile],
    ),
  );
  if (loading.status === 'failed')
    return <p className="quiet">{t("The screenshot isn't in the file or can't be shown.")}</p>;
  const picture =
    loading.status === 'ready' ? (
      <Picture bytes={loading.value} label={label} />
    ) : (
      <span className="viewer-screenshot-empty" />
    );
  if (!openPart || !file) return <span className="viewer-screenshot">{picture}</span>;
  return (
    <button
      type="button"
      className="viewer-screenshot"
      title={label}
      onClick={() => openPart({ name: 'screenshot.jpg', ...file })}
    >
      {picture}
    </button>
  );
}

function Picture({ bytes, label }: { bytes: Blob; label: string }): React.JSX.Element {
  // Fixed: the type of the file is not trusted, and a browser detects that of a picture.
  const url = useObjectUrl(bytes, 'image/jpeg');
  return <img src={url} alt={label} />;
}
