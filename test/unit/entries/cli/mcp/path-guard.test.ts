import {
  checkRealPath,
  isAllowedName,
  resolvePath,
  rulesOf,
} from '../../../../../src/entries/cli/mcp/path-guard';
import type { Root } from '../../../../../src/entries/cli/mcp/path-guard';

const LINUX = rulesOf('linux', ['.vscode']);
const MAC = rulesOf('darwin');
const WINDOWS = rulesOf('win32', ['.vscode']);

const AT_HOME: readonly Root[] = [
  { path: '/home/me/evidence', real: '/home/me/evidence' },
  { path: '/tmp/shots', real: '/private/tmp/shots' },
];
const ON_C: readonly Root[] = [{ path: 'C:\\Evidence', real: 'C:\\Evidence' }];

describe('resolvePath on Linux and macOS', () => {
  it.each([
    ['a.png', '/home/me/evidence/a.png'],
    ['./logs//b.log', '/home/me/evidence/logs/b.log'],
    ['/home/me/evidence/c d.txt', '/home/me/evidence/c d.txt'],
    ['/tmp/shots/é 12:30.png', '/tmp/shots/é 12:30.png'],
    ['.vscode/settings.json', '/home/me/evidence/.vscode/settings.json'],
    ['back\\slash.txt', '/home/me/evidence/back\\slash.txt'],
    ['..a/b..c', 'refused'],
  ])('reads %j as %s', (text, expected) => {
    if (expected === 'refused') expect(() => resolvePath(text, AT_HOME, LINUX)).toThrow('dot in front');
    else expect(resolvePath(text, AT_HOME, LINUX)).toBe(expected);
  });

  it('reads a path in another case on macOS, where it leads to the same folder', () => {
    expect(resolvePath('/Home/Me/EVIDENCE/a.png', AT_HOME, MAC)).toBe('/Home/Me/EVIDENCE/a.png');
    expect(() => resolvePath('/Home/Me/EVIDENCE/a.png', AT_HOME, LINUX)).toThrow('outside');
  });
});

describe('resolvePath on Windows', () => {
  it.each([
    ['a.png', 'C:\\Evidence\\a.png'],
    ['logs/b.log', 'C:\\Evidence\\logs\\b.log'],
    ['c:/evidence/c.txt', 'c:\\evidence\\c.txt'],
    ['.VSCode\\settings.json', 'C:\\Evidence\\.VSCode\\settings.json'],
  ])('reads %j as %s', (text, expected) => {
    expect(resolvePath(text, ON_C, WINDOWS)).toBe(expected);
  });

  it.each([
    ['..\\secret.txt'],
    ['logs\\..\\..\\secret.txt'],
    ['logs/../../secret.txt'],
    ['C:\\Windows\\win.ini'],
    ['C:\\EvidenceOfOthers\\a.txt'],
    ['D:\\Evidence\\a.txt'],
    ['C:secret.txt'],
    ['D:secret.txt'],
    ['\\Windows\\win.ini'],
    ['/Windows/win.ini'],
    ['\\\\?\\C:\\Windows\\win.ini'],
    ['\\\\?\\C:\\Evidence\\a.txt'],
    ['\\\\.\\PhysicalDrive0'],
    ['//./pipe/docker_engine'],
    ['\\\\server\\share\\a.txt'],
    ['//server/share/a.txt'],
    ['\\/server/share'],
    ['\\??\\C:\\Windows\\win.ini'],
    ['a.txt:hidden'],
    ['a.txt::$DATA'],
    ['logs::$INDEX_ALLOCATION\\b.log'],
    ['CON'],
    ['con.txt'],
    ['logs\\NUL'],
    ['COM1.log'],
    ['LPT¹'],
    ['CONIN$'],
    ['aux .txt'],
    ['.git\\config'],
    ['.GIT\\config'],
    ['.env'],
    ['.env.'],
    ['a.txt '],
    ['a.txt.'],
    ['logs. \\b.log'],
    ['a*.txt'],
    ['file:///C:/Windows/win.ini'],
    ['~\\secret.txt'],
    ['a.txt\0.png'],
    [''],
  ])('refuses %j', (text) => {
    expect(() => resolvePath(text, ON_C, WINDOWS)).toThrow(/^.{10,80}$/);
  });
});

describe('checkRealPath', () => {
  it.each([
    ['/home/me/evidence/a.png', LINUX],
    ['/private/tmp/shots/a.png', MAC],
    ['/home/me/evidence', LINUX],
  ])('accepts %s', (real, rules) => {
    expect(() => checkRealPath(real, AT_HOME, rules)).not.toThrow();
  });

  it.each([
    ['/home/me/secret', LINUX],
    ['/home/me/evidence-of-others/a.png', LINUX],
    ['/tmp/shots/a.png', LINUX],
    // The folder may be another one on a volume with case.
    ['/home/me/EVIDENCE/a.png', MAC],
    ['/home/me/evidence/.ssh/id_rsa', LINUX],
    ['/home/me/evidence/logs/.env', LINUX],
  ])('refuses %s', (real, rules) => {
    expect(() => checkRealPath(real, AT_HOME, rules)).toThrow(/outside|dot in front/);
  });

  it('refuses files of processes and devices, also below an allowed root folder', () => {
    const everything = [{ path: '/', real: '/' }];
    for (const real of ['/proc/1/environ', '/dev/sda', '/sys/kernel', '/dev'])
      expect(() => checkRealPath(real, everything, LINUX)).toThrow('Files of the system');
    expect(() => checkRealPath('/devices/a.txt', everything, LINUX)).not.toThrow();
  });
});

test('isAllowedName allows dots by name, regardless of case where the system does', () => {
  expect(isAllowedName('.vscode', LINUX)).toBe(true);
  expect(isAllowedName('.VSCODE', LINUX)).toBe(false);
  expect(isAllowedName('.VSCODE', WINDOWS)).toBe(true);
  expect(isAllowedName('.vscode2', WINDOWS)).toBe(false);
});
