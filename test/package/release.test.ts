import { runTask } from './run-task';
import { openVsix } from './vsix';

const version = openVsix().elements('Identity')[0]!['Version']!;

function release(args: readonly string[], token: string) {
  return runTask(['tools/release.mjs', ...args], { MARKETPLACE_TOKEN: token });
}

test.each([['--tag', 'v0.0.1-other'], []])(
  'The release script publishes nothing under another tag: %s',
  (...args) => {
    const { status, stderr } = release(args, 'a token');
    expect(status).toBe(1);
    expect(stderr).toContain(`the tag must be v${version}`);
  },
);

// The second is the value of an undefined variable in Azure Pipelines.
test.each(['', '$(MARKETPLACE_TOKEN)'])(
  'The release script publishes nothing without a token and succeeds: "%s"',
  (token) => {
    const { status, stdout } = release(['--tag', `v${version}`], token);
    expect(status).toBe(0);
    expect(stdout).toBe('Not published: MARKETPLACE_TOKEN is not set.\n');
  },
);
