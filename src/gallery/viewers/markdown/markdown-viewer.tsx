import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { SourceSwitch } from '../source-switch';
import { readWholeText } from '../text/encoding';
import { useLoading } from '../hooks';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import './markdown.css';
import { MarkdownNode } from './markdown-node';
import type { MarkdownText } from './parse-markdown';
import { parseMarkdown } from './parse-markdown';

/** Maximum size of a rendered text, in bytes. Larger texts are generated and take seconds to parse. */
const MAX_BYTES = 1024 * 1024;

/** Shows Markdown rendered or as source text. */
export function MarkdownViewer({ file }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Rendered')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <ViewerFrame controls={modeSwitch}>
          <Rendered file={file} />
        </ViewerFrame>
      )}
    />
  );
}

function Rendered({ file }: { file: ViewedFile }): React.JSX.Element {
  const loading = useLoading(
    React.useCallback(
      async (signal: AbortSignal) => parseMarkdown(await readWholeText(file.bytes), signal),
      [file],
    ),
  );
  return (
    <Loaded name={file.name} loading={loading}>
      {(text) => (
        <div
          className="viewer-scroll viewer-markdown"
          role="region"
          aria-label={t('Text of {name}', { name: file.name })}
          dir="auto"
          tabIndex={0}
        >
          <MarkdownNode node={text.root} text={text} depth={0} />
          <Footnotes text={text} />
        </div>
      )}
    </Loaded>
  );
}

function Footnotes({ text }: { text: MarkdownText }): React.JSX.Element | null {
  if (text.footnotes.size === 0) return null;
  return (
    <ol className="viewer-footnotes" aria-label={t('Footnotes')}>
      {[...text.footnotes.values()].map((footnote) => (
        <li key={footnote.identifier}>
          {footnote.children.map((node, index) => (
            <MarkdownNode key={index} node={node} text={text} depth={1} />
          ))}
        </li>
      ))}
    </ol>
  );
}
