import { readWorkItemIds } from '../../../../src/bulk/plan/work-item-ids';

const GUID = 'a1b2c3d4-0000-4000-8000-00000000000a';

test.each<[string, number[]]>([
  ['', []],
  ['12', [12]],
  ['12, 13; #14 Bug 15', [12, 13, 14, 15]],
  ['12\n13\r\n14\t15|16', [12, 13, 14, 15, 16]],
  ['12,12,0012', [12]],
  ['(12) [13] 14. AB#15 16:', [12, 13, 14, 15, 16]],
  ['User Story 7 and bug 8', [7, 8]],
  ['Please attach to 12', [12]],
  ['2147483647', [2147483647]],
  ['101,102,103,104', [101, 102, 103, 104]],
  ['101, 102', [101, 102]],
  ['Bug 12: Cannot sign in on 2 pages', [12]],
  ['Bug 12: Crash\nTask 13: Error 500', [12, 13]],
  ['12\tBug\tLogin fails on 2 pages\tActive\n13\tTask\t3 of 4 done\tNew', [12, 13]],
  ['12\t13', [12, 13]],
  ['12\tBug 13\tBug 14', [12, 13, 14]],
])('readWorkItemIds finds in %j the ids %j', (text, ids) => {
  expect(readWorkItemIds(text)).toEqual({ ids, queryIds: [], unknown: [] });
});

test.each<[string, number[], string[]]>([
  ['0', [], ['0']],
  ['-5', [], ['-5']],
  ['1.5', [], ['1.5']],
  ['2147483648', [], ['2147483648']],
  ['9'.repeat(400), [], ['9'.repeat(400)]],
  ['12-15', [], ['12-15']],
  ['1,003', [], ['1,003']],
  ['12; 1,010,003', [12], ['1,010,003']],
  ['2024-01-31', [], ['2024-01-31']],
  ['12, none, 13', [12, 13], ['none']],
  ['Bug 12 foo', [12], ['foo']],
  ['12 Cannot sign in on 2 pages', [12], ['Cannot sign in on 2 pages']],
  ['12-15 of 16', [16], ['12-15 of']],
  ['ID\tTitle\n12\tCrash', [12], ['ID', 'Title']],
  ['https://dev.azure.com/fabrikam', [], ['https://dev.azure.com/fabrikam']],
  ['https://dev.azure.com/f/F/_build/results?id=3', [], ['https://dev.azure.com/f/F/_build/results?id=3']],
  ['https://dev.azure.com/f/_git/r/pullrequest/3', [], ['https://dev.azure.com/f/_git/r/pullrequest/3']],
  ['12\thttps://x/_build/13', [12], ['https://x/_build/13']],
  ['https://x/_workitems/edit/0', [], ['https://x/_workitems/edit/0']],
  ['https://x/_workitems/edit/99999999999', [], ['https://x/_workitems/edit/99999999999']],
  ['https://[', [], ['https://[']],
  ['https://x/y, 12; https://x/z;', [12], ['https://x/y', 'https://x/z']],
])('readWorkItemIds reports the unknown parts of %j', (text, ids, unknown) => {
  expect(readWorkItemIds(text)).toEqual({ ids, queryIds: [], unknown });
});

test.each([
  ['https://dev.azure.com/fabrikam/Fiber/_workitems/edit/12'],
  ['https://dev.azure.com/fabrikam/Fiber%20Suite/_workitems/edit/12/'],
  ['https://fabrikam.visualstudio.com/Fiber/_workitems/edit/12?fullScreen=true#comment-99'],
  ['https://server/tfs/DefaultCollection/Fiber/_workitems/edit/00012'],
  ['http://server:8080/tfs/DefaultCollection/Fiber/_workitems?id=12&_a=edit'],
  ['http://server:8080/tfs/DefaultCollection/Fiber/_workitems#id=12&_a=edit'],
  ['https://server/tfs/web/wi.aspx?pcguid=a1b2c3d4-0000-4000-8000-00000000000b&ID=12'],
  ['https://dev.azure.com/f/F/_boards/board/t/Team/Stories?workitem=12'],
  ['https://dev.azure.com/f/F/_sprints/taskboard/Team/F/Sprint%201?workItem=12'],
  ['https://dev.azure.com/f/F/_backlogs/backlog/Team/Stories?System.AreaPath=F&workitem=12'],
  [`https://dev.azure.com/f/F/_queries/edit/12/?queryId=${GUID}`],
  [`https://dev.azure.com/f/F/_queries/query/${GUID}/?workitem=12`],
  ['https://dev.azure.com/f/_apis/wit/workItems/12'],
  ['See https://x/_workitems/edit/12.'],
  ['(https://x/_workitems/edit/12)'],
  ['<a href="https://x/_workitems/edit/12">'],
  ['Bug 12: Like https://x/_workitems/edit/12 on 2 pages'],
])('readWorkItemIds reads %s as work item 12', (text) => {
  expect(readWorkItemIds(text)).toMatchObject({ ids: [12], queryIds: [] });
});

test.each([
  [`https://dev.azure.com/f/F/_queries/query/${GUID}/`],
  [`https://dev.azure.com/f/F/_queries/query-edit/${GUID.toUpperCase()}`],
  [`https://dev.azure.com/f/F/_queries?qid=${GUID}`],
  [`https://server/tfs/C/F/_workitems?_a=query&qid=${GUID}`],
  [`https://dev.azure.com/f/F/_queries?id=${GUID}`],
  [`https://dev.azure.com/f/F/_apis/wit/wiql/${GUID}`],
])('readWorkItemIds reads %s as a query', (text) => {
  expect(readWorkItemIds(`${text}, ${text}`)).toEqual({ ids: [], queryIds: [GUID], unknown: [] });
});

describe('readWorkItemIds with the base URL of the organization', () => {
  const services = 'https://dev.azure.com/fabrikam/';
  const legacy = 'https://fabrikam.visualstudio.com/';
  const server = 'https://tfs.contoso.com/tfs/DefaultCollection/';

  test.each([
    [services, 'https://dev.azure.com/Fabrikam/Fiber/_workitems/edit/12'],
    [services, 'https://fabrikam.visualstudio.com/Fiber/_workitems/edit/12'],
    [legacy, 'https://dev.azure.com/fabrikam/Fiber/_workitems/edit/12'],
    [legacy, 'https://fabrikam.visualstudio.com/DefaultCollection/Fiber/_workitems/edit/12'],
    [server, 'https://tfs.contoso.com/tfs/defaultcollection/Fiber/_workitems/edit/12'],
    [server, 'http://TFS:8080/tfs/DefaultCollection/Fiber/_workitems?id=12&_a=edit'],
    ['not a URL', 'https://dev.azure.com/fabrikam/_workitems/edit/12'],
  ])('accepts at %s the address %s', (base, text) => {
    expect(readWorkItemIds(text, [base])).toEqual({ ids: [12], queryIds: [], unknown: [] });
  });

  test('accepts addresses below each of several base URLs', () => {
    const text =
      'http://tfs.corp.example/tfs/Main/_workitems/edit/12 https://10.0.0.1/tfs/Main/_workitems/edit/13';
    const bases = ['https://10.0.0.1/tfs/Main/', 'http://tfs.corp.example/tfs/Main/'];
    expect(readWorkItemIds(text, bases)).toEqual({ ids: [12, 13], queryIds: [], unknown: [] });
  });

  test.each([
    [services, 'https://dev.azure.com/contoso/Fiber/_workitems/edit/12'],
    [services, 'https://dev.azure.com/fabrikam2/Fiber/_workitems/edit/12'],
    [services, 'https://contoso.visualstudio.com/Fiber/_workitems/edit/12'],
    [services, 'https://tfs.contoso.com/tfs/fabrikam/Fiber/_workitems/edit/12'],
    [services, `https://dev.azure.com/contoso/F/_queries/query/${GUID}/`],
    [server, 'https://tfs.contoso.com/tfs/Other/Fiber/_workitems/edit/12'],
    [server, 'https://tfs.contoso.com/tfs/DefaultCollection2/Fiber/_workitems/edit/12'],
    [server, 'https://tfs.fabrikam.com/tfs/DefaultCollection/Fiber/_workitems/edit/12'],
    [server, 'https://dev.azure.com/fabrikam/Fiber/_workitems/edit/12'],
  ])('reports at %s the foreign address %s as unknown', (base, text) => {
    expect(readWorkItemIds(`7 ${text}`, [base])).toEqual({ ids: [7], queryIds: [], unknown: [text] });
  });
});

test('readWorkItemIds ignores words before a URL unless they contain a number', () => {
  expect(readWorkItemIds('Bug https://x/_workitems/edit/12').unknown).toEqual([]);
  expect(readWorkItemIds('1.5 of https://x/_workitems/edit/12').unknown).toEqual(['1.5 of']);
});

test('readWorkItemIds accepts a comma in a URL', () => {
  const text = 'https://x/_boards/board/t/A,%20B,12/Stories?workitem=5,6,#7;https://x/_workitems/edit/8,';
  expect(readWorkItemIds(text)).toEqual({ ids: [5, 6, 7, 8], queryIds: [], unknown: [] });
});

test('readWorkItemIds reads URLs between numbers, with or without spaces', () => {
  const text = '1 https://x/_workitems/edit/2,https://x/_workitems/edit/3; 4\nhttps://x/_workitems/edit/5 6';
  expect(readWorkItemIds(text)).toEqual({ ids: [1, 2, 3, 4, 5, 6], queryIds: [], unknown: [] });
});
