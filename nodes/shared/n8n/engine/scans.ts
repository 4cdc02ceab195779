import { noteSleep, type ScanRhythm, type Sleep } from '../../task/scan';

/** What this process knows of n8n's scans. It is lost when n8n starts anew, and so is their rhythm. */
let rhythm: ScanRhythm = {};

/** What is known of n8n's scans, also by the suspension (`from`, `until`) that this run has just come back from. */
export function scansSeen(sleep: Omit<Sleep, 'wokenAt'> | undefined, now: number): ScanRhythm {
	if (sleep) rhythm = noteSleep(rhythm, { ...sleep, wokenAt: now });
	return rhythm;
}
