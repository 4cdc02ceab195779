const NOT_PERMITTED = ['EACCES', 'EPERM', 'EROFS'];

/** What went wrong, and what to do about it, in one line for the user. */
export function errorText(error: unknown, folder: string): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && NOT_PERMITTED.includes(String(error.code)))
		return `${folder} can't be written to (${error.message}). Run this as the user that n8n runs as.`;
	return error.message;
}
