/** Unit tests are pure and fast; engine tests run n8n-core in process and get more time. */
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

module.exports = {
	// Jest leaves one core to whoever watches; on a machine of two that is half of it.
	maxWorkers: '100%',
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
			setupFilesAfterEnv: [
				'<rootDir>/test/engine/support/canary.ts',
				'<rootDir>/test/engine/support/patience.ts',
			],
		},
	],
};
