import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { memoize } from '../../../base/memoize';
import type { CliEnvironment, TextStream } from '../environment';
import { shortenMiddle } from './answer';
import type { Tool, ToolContext } from './tool';
import { listedSchemaOf } from './tool';
import { createToolCalls } from './tools';

/** Maximum length of an error of the protocol, in bytes. */
const MAX_ERROR_BYTES = 500;

/** Settings of `serve`. */
export interface ServeSettings {
  readonly tools: readonly Tool[];
  readonly context: ToolContext;
  readonly version: string;
  readonly environment: Pick<CliEnvironment, 'stdin' | 'stdout' | 'signal'>;
}

/**
 * Serves the tools over standard input and output until the input ends or the program is interrupted. Calls that run
 * at the end of the input are finished, those at an interruption are aborted.
 */
export async function serve({ tools, context, version, environment }: ServeSettings): Promise<void> {
  const { stdin, stdout, signal } = environment;
  const validatorOf = memoize(({ inputSchema }: Tool) =>
    new AjvJsonSchemaValidator().getValidator({ ...inputSchema }),
  );
  const { call, whenDone } = createToolCalls(tools, context, (tool, input) => {
    const { valid, errorMessage } = validatorOf(tool)(input);
    return valid ? undefined : `Wrong arguments: ${errorMessage}.`;
  });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- `McpServer` takes schemas of zod only, and 100 KB
  const server = new Server(
    { name: 'stapler', version },
    // The list of tools must be short.
    { capabilities: { tools: {} }, instructions: tools.map((tool) => tool.instructions).join(' ') },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, inputSchema, isWrite }) => ({
      ...{ name, description, inputSchema: listedSchemaOf(inputSchema) },
      ...(!isWrite && { annotations: { readOnlyHint: true } }),
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    call(params.name, params.arguments ?? {}, AbortSignal.any([signal, extra.signal])),
  );

  const transport = withShortErrors(new StdioServerTransport(stdin, writableOf(stdout)));
  await new Promise<void>((resolve, reject) => {
    transport.onclose = resolve;
    stdin.once('end', resolve);
    stdin.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    server.connect(transport).catch(reject);
  });
  await whenDone();
  // The answers are on their way.
  await setImmediate();
  await server.close();
  stdin.destroy();
}

/** A stream for the SDK on top of that of a command. */
function writableOf(stdout: TextStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      stdout.write(text);
      done();
    },
  });
}

/** Keeps the errors of the protocol itself short: they may quote a request. */
function withShortErrors(transport: StdioServerTransport): StdioServerTransport {
  const send = transport.send.bind(transport);
  transport.send = (message) => {
    if (!('error' in message)) return send(message);
    const { code, message: text } = message.error;
    return send({ ...message, error: { code, message: shortenMiddle(text, MAX_ERROR_BYTES) } });
  };
  return transport;
}
