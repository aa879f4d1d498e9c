import * as React from 'react';
import { extensionOf } from '../../model/file-kind';
import { t } from '../../i18n/translate';
import { quoteName } from '../../ui/sentences';
import { SourceSwitch } from '../source-switch';
import { TextView } from '../text/text-viewer';
import { readWholeText } from '../text/whole-text';
import { useLoading } from '../use-loading';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import { makeVisible } from '../safe-text';
import './json.css';
import { InChunks, JsonTree } from './json-tree';
import type { JsonReading } from './parse-json';
import { parseJson } from './parse-json';

/** A larger text takes seconds to be understood, and is looked through as a text. */
const LARGEST_BYTES = 5 * 1024 * 1024;

/** Extensions of files of which each line is a value of its own. */
const BY_LINES: readonly string[] = ['jsonl', 'ndjson'];

/** Characters that are shown of a line that is no JSON. */
const LONGEST_LINE = 200;

/** Shows JSON as a tree that can be folded, or as it is written. */
export function JsonViewer({ file }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Tree')}
      maxBytes={LARGEST_BYTES}
      render={(modeSwitch) =>
        BY_LINES.includes(extensionOf(file.name)) ? (
          <Lines file={file} modeSwitch={modeSwitch} />
        ) : (
          <Document file={file} modeSwitch={modeSwitch} />
        )
      }
    />
  );
}

function Document({
  file,
  modeSwitch,
}: {
  file: ViewedFile;
  modeSwitch: React.ReactNode;
}): React.JSX.Element {
  const loading = useLoading(
    React.useCallback(async () => parseJson(await readWholeText(file.bytes)), [file]),
  );
  return (
    <Loaded name={file.name} loading={loading}>
      {(reading) =>
        reading.ok ? (
          <ViewerFrame controls={modeSwitch}>
            <Tree name={file.name}>
              <JsonTree node={reading.node} depth={0} />
            </Tree>
          </ViewerFrame>
        ) : (
          <TextView file={file} note={describeBreak(file.name, reading)} />
        )
      }
    </Loaded>
  );
}

function Lines({ file, modeSwitch }: { file: ViewedFile; modeSwitch: React.ReactNode }): React.JSX.Element {
  const loading = useLoading(
    React.useCallback(async () => {
      const lines = (await readWholeText(file.bytes)).split('\n');
      return lines
        .map((text, index) => ({ text, number: index + 1 }))
        .filter(({ text }) => text.trim() !== '');
    }, [file]),
  );
  return (
    <ViewerFrame controls={modeSwitch}>
      <Loaded name={file.name} loading={loading}>
        {(lines) => (
          <Tree name={file.name}>
            <InChunks
              count={lines.length}
              draw={(index) => {
                const line = lines[index];
                return line && <Line key={index} {...line} />;
              }}
            />
          </Tree>
        )}
      </Loaded>
    </ViewerFrame>
  );
}

function Line({ text, number }: { text: string; number: number }): React.JSX.Element {
  const reading = React.useMemo(() => parseJson(text), [text]);
  const label = t('Line {line}', { line: number });
  if (reading.ok) return <JsonTree label={label} node={reading.node} depth={1} />;
  return (
    <li>
      <span className="viewer-key">{label}: </span>
      {makeVisible(text.slice(0, LONGEST_LINE))}{' '}
      <span className="field-error">
        {t('This line is no valid JSON from column {column} on.', { column: reading.column })}
      </span>
    </li>
  );
}

function Tree({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <div
      className="viewer-scroll viewer-json"
      role="region"
      aria-label={t('Tree of {name}', { name })}
      tabIndex={0}
    >
      <ul>{children}</ul>
    </div>
  );
}

function describeBreak(name: string, { line, column }: Extract<JsonReading, { ok: false }>): string {
  return t('{name} is no valid JSON from line {line}, column {column} on, so its source is shown.', {
    name: quoteName(name),
    line,
    column,
  });
}
