import { config } from '@n8n/node-cli/eslint';

/**
 * n8n's recommended community-node rules apply unrelaxed to what we ship: nodes/ and credentials/.
 * Development code (tests, tools, scripts) runs in plain Node, where the rules about n8n Cloud's
 * sandbox (no node:* modules, no timers, no process) have no meaning.
 */
const developmentFiles = [
	'test/**/*.ts',
	'tools/**/*.ts',
	'scripts/**/*.ts',
	'bench/**/*.ts',
	'*.js',
];

export default [
	...config,
	{
		files: developmentFiles,
		rules: {
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'import-x/no-unresolved': 'off',
			'no-console': 'off',
		},
	},
	{
		files: ['**/*.ts'],
		rules: {
			'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
			'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: { 'max-lines-per-function': 'off' },
	},
];
