import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import task from '../../../../src/entries/task/task.json';
import { readInputs } from '../../../../src/entries/task/task-inputs';

const text = { type: 'string', minLength: 1 };
const target = {
  type: 'object',
  properties: { target: text },
  required: ['target'],
  additionalProperties: false,
};

/** Rules of the page "Build and release task reference" and of `tasks.schema.json`, as far as the task uses them. */
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'name',
    'friendlyName',
    'description',
    'author',
    'category',
    'version',
    'instanceNameFormat',
    'inputs',
    'execution',
  ],
  properties: {
    $schema: text,
    id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' },
    name: { type: 'string', pattern: '^[A-Za-z0-9\\-]+$' },
    friendlyName: { type: 'string', minLength: 1, maxLength: 40 },
    description: text,
    helpUrl: { type: 'string', pattern: '^https://' },
    helpMarkDown: text,
    author: text,
    category: { enum: ['Build', 'Utility', 'Test', 'Package', 'Deploy', 'Azure Boards', 'Azure Pipelines'] },
    visibility: { type: 'array', items: { enum: ['Build', 'Release'] } },
    runsOn: {
      type: 'array',
      items: { enum: ['Agent', 'MachineGroup', 'Server', 'ServerGate', 'DeploymentGroup'] },
    },
    minimumAgentVersion: { type: 'string', pattern: '^\\d+\\.\\d+(\\.\\d+)?$' },
    version: {
      type: 'object',
      additionalProperties: false,
      required: ['Major', 'Minor', 'Patch'],
      properties: { Major: { const: 1 }, Minor: { type: 'integer' }, Patch: { type: 'integer' } },
    },
    instanceNameFormat: text,
    groups: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'displayName'],
        properties: { name: text, displayName: text, isExpanded: { type: 'boolean' } },
      },
    },
    inputs: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'label', 'type', 'helpMarkDown', 'groupName'],
        properties: {
          name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9]*$' },
          label: text,
          type: { enum: ['boolean', 'filePath', 'multiLine', 'pickList', 'radio', 'string'] },
          defaultValue: { type: 'string' },
          required: { type: 'boolean' },
          helpMarkDown: text,
          groupName: text,
          options: { type: 'object', additionalProperties: text },
        },
      },
    },
    execution: {
      type: 'object',
      additionalProperties: false,
      required: ['Node24', 'Node20_1'],
      properties: { Node24: target, Node20_1: target },
    },
  },
};

const page = readFileSync(join(__dirname, '../../../../docs/command-line/pipeline-task.md'), 'utf8');
const names = task.inputs.map(({ name }) => name);

/** Steps of a pipeline. */
interface Pipeline {
  readonly steps: readonly {
    readonly task?: string;
    readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  }[];
}

test('task.json follows the rules of its format', () => {
  const ajv = new Ajv({ allErrors: true });
  expect(ajv.validate(SCHEMA, task) ? [] : ajv.errors).toEqual([]);
});

test('The inputs of task.json belong to groups, and start with a choice that they have', () => {
  const groups = task.groups.map(({ name }) => name);
  for (const { groupName, options, defaultValue } of task.inputs) {
    expect(groups).toContain(groupName);
    if (options) expect(Object.keys(options)).toContain(defaultValue);
  }
});

test('The task reads each input of task.json, and its defaults', () => {
  const env = Object.fromEntries(
    task.inputs.map(({ name, defaultValue }) => [`INPUT_${name.toUpperCase()}`, defaultValue]),
  );
  const inputs = readInputs({ ...env, INPUT_FILES: 'a\n b \n\n', INPUT_WORKITEMS: '7' });
  expect(Object.keys(inputs).sort()).toEqual([...names].sort());
  expect(inputs).toMatchObject({
    onDuplicate: 'keep',
    onLimit: 'fail',
    failOn: 'any',
    fromRun: false,
    files: ['a', 'b'],
  });
});

test('Each choice of task.json is valid', () => {
  for (const { name, options } of task.inputs)
    for (const choice of Object.keys(options ?? {})) {
      const env = { INPUT_FILES: 'a', INPUT_WORKITEMS: '7', [`INPUT_${name.toUpperCase()}`]: choice };
      expect(readInputs(env)).toMatchObject({ [name]: choice });
    }
});

test('The pipelines of the docs are valid and name inputs of the task', () => {
  const pipelines = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, yaml = '']) => parse(yaml) as Pipeline,
  );
  const steps = pipelines.flatMap((pipeline) => pipeline.steps.filter((step) => step.task !== undefined));
  expect(steps.length).toBeGreaterThanOrEqual(4);
  for (const step of steps) {
    expect(step.task).toBe(`${task.name}@${task.version.Major}`);
    const inputs = Object.entries(step.inputs ?? {});
    for (const [name] of inputs) expect(names).toContain(name);
    expect(() =>
      readInputs(
        Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, String(value)])),
      ),
    ).not.toThrow();
  }
});

test('The table of the docs has the inputs of task.json', () => {
  const [, table = ''] = /\n## Inputs\n([^]*?)\n## /.exec(page) ?? [];
  expect([...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name)).toEqual(names);
});
