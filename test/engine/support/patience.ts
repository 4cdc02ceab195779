// A busy machine takes its time with real HTTP.
jest.setTimeout(30_000);
