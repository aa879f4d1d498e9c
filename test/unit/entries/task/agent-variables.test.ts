import { applyProxy, readAgentRun } from '../../../../src/entries/task/agent-variables';

const REQUIRED = {
  SYSTEM_COLLECTIONURI: 'https://dev.azure.com/fabrikam',
  SYSTEM_TEAMPROJECT: 'Shop',
  SYSTEM_ACCESSTOKEN: 'token',
};

test('readAgentRun reads the organization, the build and the folders', () => {
  const run = readAgentRun(
    { ...REQUIRED, BUILD_BUILDID: '7', BUILD_SOURCESDIRECTORY: '/w/s', AGENT_TEMPDIRECTORY: '/w/_temp' },
    '/elsewhere',
  );
  expect(run).toEqual({
    ...{ organization: 'https://dev.azure.com/fabrikam/', project: 'Shop', buildId: 7 },
    credential: { scheme: 'basic', token: 'token' },
    ...{ sources: '/w/s', temporary: '/w/_temp', folders: ['/w/s', '/w/_temp'] },
  });
});

test('readAgentRun finds the token in the JSON of the connection', () => {
  const env = { ...REQUIRED, SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' };
  const json = JSON.stringify({ parameters: { AccessToken: 'of the connection' }, scheme: 'OAuth' });
  expect(readAgentRun({ ...env, ENDPOINT_AUTH_SYSTEMVSSCONNECTION: json }, '/').credential).toEqual({
    scheme: 'bearer',
    token: 'of the connection',
  });
  expect(() => readAgentRun({ ...env, ENDPOINT_AUTH_SYSTEMVSSCONNECTION: '{' }, '/')).toThrow('has no token');
});

test('readAgentRun throws without the variables of an agent', () => {
  expect(() => readAgentRun({}, '/')).toThrow('SYSTEM_COLLECTIONURI');
});

test('applyProxy sets the proxy of the agent, with its user, and keeps that of the job', () => {
  const env: Record<string, string | undefined> = {
    AGENT_PROXYURL: 'http://proxy:8080',
    AGENT_PROXYUSERNAME: 'me@x',
    AGENT_PROXYPASSWORD: 'p:w',
    http_proxy: 'http://mine',
  };
  applyProxy(env);
  expect(env['HTTPS_PROXY']).toBe('http://me%40x:p%3Aw@proxy:8080/');
  expect(env['HTTP_PROXY']).toBeUndefined();
});
