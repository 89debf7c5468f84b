import { expect, test } from 'vitest';
import { readConfig, type Environment } from '#platform/config.ts';
import { telemetryFrom, telemetrySettings } from '../../../gateway/telemetry/config.ts';

const settings = (environment: Environment) =>
  telemetryFrom(readConfig('gateway', telemetrySettings(), environment));

test('without a collector nothing is traced', () => {
  expect(settings({})).toEqual({ traces: null, accessLog: true, showQueryPlans: true });
});

test('traces go below the URL of a collector, or to a URL of their own', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318/';
  expect(settings({ OTEL_EXPORTER_OTLP_ENDPOINT }).traces?.url).toBe(
    'http://collector:4318/v1/traces',
  );
  const own = 'http://collector:4318/here';
  const both = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own };
  expect(settings(both).traces).toMatchObject({
    url: own,
    serviceName: 'gateway',
    sampler: 'parentbased_always_on',
    documents: false,
  });
});

test('a sampler that does not exist is refused before anything starts', () => {
  expect(() => settings({ OTEL_TRACES_SAMPLER: 'sometimes' })).toThrow(
    /OTEL_TRACES_SAMPLER is not/,
  );
  expect(() => settings({ OTEL_TRACES_SAMPLER_ARG: '2' })).toThrow(/to keep, 0 to 1/);
});
