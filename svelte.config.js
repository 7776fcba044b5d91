import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ out: 'build' }),
    csp: {
      // Not nonces: a page of a build is made once and sent to whoever asks.
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        // Plot and the bars in table cells carry inline styles; no script can come in through them.
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
