import * as React from 'react';
import { extensionOf } from '../../../base/file-kind';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { makeVisible } from '../../../base/visible-text';
import { SourceSwitch } from '../source-switch';
import { readWholeText } from '../text/encoding';
import { TextView } from '../text/text-viewer';
import { useLoading } from '../hooks';
import type { ViewedFile, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import './json.css';
import { InChunks, JsonTree } from './json-tree';
import type { JsonResult } from './parse-json';
import { parseJson } from './parse-json';

/** Maximum size of a tree, in bytes. Parsing more takes seconds. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Extensions of JSON Lines files. */
const JSON_LINES: readonly string[] = ['jsonl', 'ndjson'];

/** Maximum length of an invalid line on the screen, in UTF-16 units. */
const MAX_LINE_LENGTH = 200;

/** Shows JSON as a collapsible tree or as source text. */
export function JsonViewer({ file }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Tree')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) =>
        JSON_LINES.includes(extensionOf(file.name)) ? (
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
      {(result) =>
        result.ok ? (
          <ViewerFrame controls={modeSwitch}>
            <Tree name={file.name}>
              <JsonTree node={result.node} depth={0} />
            </Tree>
          </ViewerFrame>
        ) : (
          <TextView file={file} note={describeSyntaxError(file.name, result)} />
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
              renderItem={(index) => {
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
  const result = React.useMemo(() => parseJson(text), [text]);
  const label = t('Line {line}', { line: number });
  if (result.ok) return <JsonTree label={label} node={result.node} depth={1} />;
  return (
    <li>
      <span className="viewer-key">{label}: </span>
      {makeVisible(text.slice(0, MAX_LINE_LENGTH))}{' '}
      <span className="field-error">
        {t('This line is no valid JSON from column {column} on.', { column: result.column })}
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

function describeSyntaxError(name: string, { line, column }: Extract<JsonResult, { ok: false }>): string {
  return t('{name} is no valid JSON from line {line}, column {column} on, so its source is shown.', {
    name: quoteName(name),
    line,
    column,
  });
}
