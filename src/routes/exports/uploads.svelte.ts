import type { Chosen } from './dropped.ts';

export interface Upload {
  path: string;
  size: number;
  sent: number;
  state: 'waiting' | 'sending' | 'done' | 'refused';
  reason: string;
}

/** Sends files one after the other, each straight from disk, and knows how far they are. */
export class Uploads {
  list = $state<Upload[]>([]);
  isBusy = $state(false);
  private request: XMLHttpRequest | null = null;
  private stopped = false;

  get sent(): number {
    return this.list.reduce((sum, one) => sum + one.sent, 0);
  }

  get size(): number {
    return this.list.reduce((sum, one) => sum + one.size, 0);
  }

  get done(): number {
    return this.list.filter(({ state }) => state === 'done').length;
  }

  get refused(): Upload[] {
    return this.list.filter(({ state }) => state === 'refused');
  }

  /** Resolves to whether every file arrived. */
  async send(files: readonly Chosen[]): Promise<boolean> {
    this.stopped = false;
    this.isBusy = true;
    const from = this.list.length;
    for (const { path, file } of files)
      this.list.push({ path, size: file.size, sent: 0, state: 'waiting', reason: '' });
    for (const [at, { file }] of files.entries()) {
      const upload = this.list[from + at]!;
      if (this.stopped) this.refuse(upload, 'Not sent: you stopped.');
      else await this.sendOne(upload, file);
    }
    this.isBusy = false;
    return this.list.slice(from).every(({ state }) => state === 'done');
  }

  stop(): void {
    this.stopped = true;
    this.request?.abort();
  }

  private refuse(upload: Upload, reason: string): void {
    upload.state = 'refused';
    upload.reason = reason;
  }

  private sendOne(upload: Upload, file: File): Promise<void> {
    upload.state = 'sending';
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open('PUT', '/exports/upload');
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.setRequestHeader('x-file-name', encodeURIComponent(upload.path));
      request.setRequestHeader('x-file-changed', String(file.lastModified));
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded }) => (upload.sent = loaded);
      request.onload = () => {
        const { error } = Object(request.response) as { error?: string };
        if (request.status === 200) {
          upload.sent = upload.size;
          upload.state = 'done';
        } else this.refuse(upload, error ?? `It was not taken (${request.status}).`);
        done();
      };
      request.onerror = () => {
        this.refuse(upload, 'The connection broke off. Add it again.');
        done();
      };
      request.onabort = () => {
        this.refuse(upload, 'Not sent: you stopped.');
        done();
      };
      request.send(file);
    });
  }
}
