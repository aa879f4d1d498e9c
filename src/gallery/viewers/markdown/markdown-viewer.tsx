import * as React from 'react';
import type { RootContent } from 'mdast';
import { t } from '../../../base/i18n/translate';
import { Gradually } from '../gradually';
import { Formatted, SourceSwitch } from '../source-switch';
import type { ViewerProps } from '../viewer';
import { ViewerFrame } from '../viewer-frame';
import './markdown.css';
import { MarkdownNode } from './markdown-node';
import type { MarkdownText } from './parse-markdown';

/** Maximum size of a rendered text, in bytes. Larger texts are generated and take seconds to parse. */
const MAX_BYTES = 1024 * 1024;

/** Shows Markdown rendered or as source text. */
export function MarkdownViewer({ file, runTask }: ViewerProps): React.JSX.Element {
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('parseMarkdown', file.bytes, signal),
    [file, runTask],
  );
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Rendered')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <Formatted file={file} load={load}>
          {(text) => (
            <ViewerFrame controls={modeSwitch}>
              <div
                className="viewer-scroll viewer-markdown"
                role="region"
                aria-label={t('Text of {name}', { name: file.name })}
                dir="auto"
                tabIndex={0}
              >
                <Blocks text={text} />
              </div>
            </ViewerFrame>
          )}
        </Formatted>
      )}
    />
  );
}

/** All blocks and footnotes. */
function Blocks({ text }: { text: MarkdownText }): React.JSX.Element {
  const { parts } = text;
  return (
    <Gradually
      count={parts.length}
      renderItem={(index) => <Part key={index} text={text} blocks={parts[index] ?? []} />}
      end={<Footnotes text={text} />}
    />
  );
}

const Part = React.memo(function Part(props: { text: MarkdownText; blocks: readonly RootContent[] }) {
  const { text, blocks } = props;
  return (
    <>
      {blocks.map((node, index) => (
        <Block key={index} node={node} text={text} />
      ))}
    </>
  );
});

function Block({ node, text }: { node: RootContent; text: MarkdownText }): React.JSX.Element {
  const block = <MarkdownNode node={node} text={text} depth={1} />;
  if (!text.unformatted.has(node)) return block;
  return (
    <>
      <p className="quiet">{t('This part is too long to format, so its source is shown.')}</p>
      {block}
    </>
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
