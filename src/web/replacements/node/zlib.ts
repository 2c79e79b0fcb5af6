type Done = (error: unknown, result?: Buffer) => void;

function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array<ArrayBuffer>, done: Done): void {
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  packed.then((buffer) => done(undefined, Buffer.from(new Uint8Array(buffer))), done);
}

export function gzip(bytes: Uint8Array<ArrayBuffer>, done: Done): void {
  through(new CompressionStream('gzip'), bytes, done);
}

export function gunzip(bytes: Uint8Array<ArrayBuffer>, done: Done): void {
  through(new DecompressionStream('gzip'), bytes, done);
}
