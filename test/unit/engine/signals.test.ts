import { describe, expect, it } from 'vitest';
import { signalsOf } from '../../../src/engine/worker/signals';

const read = { urls: ['http://localhost/a.js'], globals: ['ng'], marks: [] };

describe('the signals of a page', () => {
  it('are its own, with the connections and scripts that Lighthouse recorded', () => {
    const headers = { 'Sec-WebSocket-Protocol': 'vite-hmr' };
    const DevtoolsLog = [
      { method: 'Network.requestWillBeSent', params: { requestId: '1' } },
      { method: 'Network.webSocketCreated', params: { requestId: '2', url: 'ws://localhost/' } },
      { method: 'Network.webSocketCreated', params: { requestId: '3', url: 'ws://localhost/own' } },
      { method: 'Network.webSocketWillSendHandshakeRequest', params: { requestId: '2', request: { headers } } },
    ];
    const Scripts = [{ content: 'eval("{const a = 1;\\n//# sourceURL=webpack://shop/./a.js?\\n}");' }, {}];
    expect(signalsOf(read, { DevtoolsLog, Scripts })).toEqual({
      ...read,
      marks: ['webpack'],
      sockets: [{ url: 'ws://localhost/', protocol: 'vite-hmr' }, { url: 'ws://localhost/own' }],
    });
  });

  it('take no script for evaluated that only speaks of it', () => {
    const Scripts = ['eval("1")', '//# sourceURL=webpack://a.js', '\n//# sourceURL=a.js'].map((content) => ({
      content,
    }));
    expect(signalsOf(read, { Scripts }).marks).toEqual([]);
  });

  it('are those of the page alone where Lighthouse recorded nothing', () => {
    for (const artifacts of [{}, { DevtoolsLog: new Error('x'), Scripts: new Error('x') }, { DevtoolsLog: [null, 1] }])
      expect(signalsOf(read, artifacts)).toEqual({ ...read, sockets: [] });
  });
});
