import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ContentFrame } from '../content-frame';
import { Gradually } from '../gradually';
import { Formatted, SourceSwitch } from '../source-switch';
import type { ViewerProps } from '../viewer';
import { CodeColors } from './code-colors';
import './markdown.css';
import { MarkdownFootnotes, MarkdownPart } from './markdown-blocks';
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
            <ContentFrame
              leadingControls={modeSwitch}
              label={t('Text of {name}', { name: file.name })}
              className="viewer-markdown"
              dir="auto"
            >
              <ColoredBlocks text={text} />
            </ContentFrame>
          )}
        </Formatted>
      )}
    />
  );
}

function ColoredBlocks({ text }: { text: MarkdownText }): React.JSX.Element {
  return (
    <CodeColors texts={React.useMemo(() => [text], [text])}>
      <Blocks text={text} />
    </CodeColors>
  );
}

/** All blocks and footnotes. */
function Blocks({ text }: { text: MarkdownText }): React.JSX.Element {
  const { parts } = text;
  return (
    <Gradually
      count={parts.length}
      renderItem={(index) => <MarkdownPart key={index} text={text} blocks={parts[index] ?? []} />}
      end={<MarkdownFootnotes text={text} />}
    />
  );
}
