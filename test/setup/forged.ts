/** A signed URL whose signature begins with another character. */
export const forged = (url: string): string =>
  url.replace(/signature=./, (text) => (text.endsWith('A') ? 'signature=B' : 'signature=A'));
