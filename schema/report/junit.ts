import type { Report } from '#schema/check/report.ts';
import type { Finding } from '#schema/finding.ts';

/** A report for tools that read test results: one test case for each finding; errors are failures. */
export function reportJunit({ findings, counts, base }: Report): string {
  const name = base === null ? 'schema check' : `schema check against ${base}`;
  const total = Math.max(1, findings.length);
  const cases =
    findings.length > 0
      ? findings.map(testCase)
      : ['    <testcase classname="schema" name="no findings"/>'];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${total}" failures="${counts.errors}">`,
    `  <testsuite name="${escaped(name)}" tests="${total}" failures="${counts.errors}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase({ rule, severity, message, mend, path, at, operations }: Finding): string {
  const place = at ? ` file="${escaped(at.file)}" line="${at.line}"` : '';
  const open = `    <testcase classname="${escaped(rule)}" name="${escaped(path ?? message)}"${place}>`;
  const text = [
    message,
    ...(at ? [`${at.file}:${at.line}:${at.column}`] : []),
    ...(operations ?? []).map(({ name, client }) => `${name} (${client})`),
    ...(mend === undefined ? [] : [mend]),
  ].join('\n');
  const body =
    severity === 'error'
      ? `      <failure message="${escaped(message)}" type="${escaped(rule)}">${escaped(text)}</failure>`
      : `      <system-out>${escaped(`${severity}: ${text}`)}</system-out>`;
  return `${open}\n${body}\n    </testcase>`;
}

function escaped(text: string): string {
  return (
    text
      // Characters that XML has no way to write.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, ' ')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
  );
}
