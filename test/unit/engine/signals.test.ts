import { describe, expect, it } from 'vitest';
import { signalsOf } from '../../../src/engine/worker/signals';

const read = { urls: ['http://localhost/a.js'], globals: ['ng'], marks: [] };

describe('the signals of a page', () => {
  it('are its own, with the connections and evaluated scripts that Lighthouse recorded', () => {
    const headers = { 'Sec-WebSocket-Protocol': 'vite-hmr' };
    const DevtoolsLog = [
      { method: 'Network.requestWillBeSent', params: { requestId: '1' } },
      { method: 'Network.webSocketCreated', params: { requestId: '2', url: 'ws://localhost/' } },
      { method: 'Network.webSocketCreated', params: { requestId: '3', url: 'ws://localhost/own' } },
      { method: 'Network.webSocketWillSendHandshakeRequest', params: { requestId: '2', request: { headers } } },
    ];
    const Scripts = [{ url: 'http://localhost/a.js', name: 'webpack-internal:///./a.js', content: '' }];
    expect(signalsOf(read, { DevtoolsLog, Scripts })).toEqual({
      ...read,
      urls: ['http://localhost/a.js', 'http://localhost/a.js', 'webpack-internal:///./a.js'],
      sockets: [{ url: 'ws://localhost/', protocol: 'vite-hmr' }, { url: 'ws://localhost/own' }],
    });
  });

  it('are those of the page alone where Lighthouse recorded nothing', () => {
    for (const artifacts of [{}, { DevtoolsLog: new Error('x'), Scripts: new Error('x') }, { DevtoolsLog: [null, 1] }])
      expect(signalsOf(read, artifacts)).toEqual({ ...read, sockets: [] });
  });
});
