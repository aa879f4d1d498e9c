import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CliResult, createCliStage } from './cli';

/** Answer of a tool. */
export interface ToolAnswer {
  readonly text: string;
  /** The text as JSON; `undefined` for a sentence. */
  readonly value: unknown;
  readonly isError: boolean;
}

/** A server with a client. */
export interface McpSession {
  readonly client: Client;
  /** Messages of the server, one line each. */
  readonly lines: readonly string[];
  readonly result: Promise<CliResult>;
  readonly stdin: PassThrough;
  readonly call: (
    name: string,
    input: Record<string, unknown>,
    options?: { signal: AbortSignal },
  ) => Promise<ToolAnswer>;
  /** Ends the input, and returns the result of the command. */
  readonly close: () => Promise<CliResult>;
}

/** Starts `stapler mcp` and connects a client of the SDK over its standard streams. */
export async function startMcp(
  { run }: Pick<ReturnType<typeof createCliStage>, 'run'>,
  args: readonly string[] = [],
  signal?: AbortSignal,
): Promise<McpSession> {
  const stdin = new PassThrough();
  const buffer = new ReadBuffer();
  const lines: string[] = [];
  const transport: Transport = {
    start: () => Promise.resolve(),
    send(message) {
      stdin.write(serializeMessage(message));
      return Promise.resolve();
    },
    close() {
      stdin.end();
      return Promise.resolve();
    },
  };
  const result: Promise<CliResult> = run(['mcp', ...args], {
    stdin,
    ...(signal && { signal }),
    onOut(text) {
      lines.push(text);
      buffer.append(Buffer.from(text));
      for (let message = buffer.readMessage(); message; message = buffer.readMessage())
        transport.onmessage?.(message);
    },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);

  return {
    client,
    lines,
    result,
    stdin,

    async call(name, input, options) {
      const answer = await client.callTool({ name, arguments: input }, undefined, options);
      const [{ text }] = answer.content as [{ text: string }];
      const value = text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined;
      return { text, value, isError: answer.isError === true };
    },

    close() {
      stdin.end();
      return result;
    },
  };
}
