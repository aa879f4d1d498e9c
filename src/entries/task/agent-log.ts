import { plain } from '../../engine/sentences';
import { createSecrets } from '../../engine/secrets';

/** Result of a task, as the agent names it. */
export type TaskResult = 'Succeeded' | 'SucceededWithIssues' | 'Failed' | 'Canceled';

/** Log of a task. Texts from outside cannot give commands to the agent, and secrets are removed. */
export interface AgentLog {
  readonly line: (text: string) => void;
  /** Shown on the page of the run as well. */
  readonly warn: (text: string) => void;
  readonly fail: (text: string) => void;
  /** @param percent From 0 to 100. */
  readonly progress: (percent: number, text: string) => void;
  readonly complete: (result: TaskResult, text: string) => void;
  /** Adds a text that must never be printed. */
  readonly hide: (secret: string) => void;
}

/** The page of a run shows the first issues only; the others are lines of the log. */
const MAX_ISSUES = 20;

/** Creates the log of a task over its standard output. */
export function createAgentLog(write: (text: string) => void): AgentLog {
  const secrets = createSecrets();
  let issues = 0;

  function print(command: string, text: string): void {
    const safe = withoutCommands(plain(secrets.remove(text)));
    write(`${command}${command === '' ? safe : escapeData(safe)}\n`);
  }

  function issue(type: 'warning' | 'error', text: string): void {
    issues++;
    print(issues > MAX_ISSUES ? '' : commandOf('task.logissue', { type }), text);
  }

  return {
    line: (text) => print('', text),
    warn: (text) => issue('warning', text),
    fail: (text) => issue('error', text),
    progress: (percent, text) =>
      print(commandOf('task.setprogress', { value: String(Math.floor(percent)) }), text),
    complete: (result, text) => print(commandOf('task.complete', { result }), text),
    hide: secrets.add,
  };
}

/** Start of a command for the agent; its data follows. */
function commandOf(name: string, properties: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)};`);
  return `##vso[${name} ${pairs.join('')}]`;
}

/** The agent looks for commands anywhere in a line. */
function withoutCommands(text: string): string {
  return text.replace(/#(?=#)/g, '# ');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
}
