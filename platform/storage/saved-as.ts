/**
 * The header `Content-Disposition` that has a file saved under a name, never shown (RFC 6266, RFC 8187). What the plain
 * form cannot say is `_` there, and only then there is the other one.
 */
export function savedAs(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\/%]/g, '_');
  if (plain === filename) return `attachment; filename="${plain}"`;
  const exact = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
