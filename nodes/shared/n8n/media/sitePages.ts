/** A site whose addresses lead to pages that show a file, not to the file. */
interface Site {
	name: string;
	/** Hosts of pages; those that its players load files from are others. */
	host: RegExp;
	/** Which of their addresses are pages; all, where it is left out. */
	isPage?(url: URL): boolean;
	/** How to come by the file; without it, as for all others. */
	remedy?: string;
}

const REMEDY =
	'Give the address of the file itself: one that a browser plays or shows with nothing around it. Or download the file, and hand it over as binary data.';

const SITES: Site[] = [
	{ name: 'YouTube', host: /^((www|m|music)\.)?youtube(-nocookie)?\.com$|^youtu\.be$/ },
	{ name: 'Vimeo', host: /^(www\.)?vimeo\.com$/ },
	{
		name: 'Vimeo',
		host: /^player\.vimeo\.com$/,
		isPage: ({ pathname }) => pathname.startsWith('/video/'),
	},
	{ name: 'TikTok', host: /^((www|m|vm|vt)\.)?tiktok\.com$/ },
	{ name: 'Instagram', host: /^((www|m)\.)?instagram\.com$/ },
	{ name: 'Facebook', host: /^((www|m|web|mbasic)\.)?facebook\.com$|^(www\.)?fb\.(com|watch)$/ },
	{ name: 'X', host: /^((www|m|mobile)\.)?(twitter|x)\.com$/ },
	{ name: 'Dailymotion', host: /^((www|geo)\.)?dailymotion\.com$|^dai\.ly$/ },
	{ name: 'Twitch', host: /^((www|m|clips)\.)?twitch\.tv$/ },
	{ name: 'Bilibili', host: /^((www|m)\.)?bilibili\.(com|tv)$|^b23\.tv$/ },
	{ name: 'Reddit', host: /^((www|old|m)\.)?reddit\.com$/ },
	{ name: 'Loom', host: /^(www\.)?loom\.com$/ },
	{
		name: 'Google Drive',
		host: /^(drive|docs)\.google\.com$/,
		isPage: ({ pathname }) => /^\/(file|open|drive|folderview)\b/.test(pathname),
		remedy: "Fetch the file with n8n's Google Drive node, and hand it over as binary data.",
	},
	{
		name: 'Dropbox',
		host: /^(www\.)?dropbox\.com$/,
		isPage: ({ searchParams }) => searchParams.get('dl') !== '1' && searchParams.get('raw') !== '1',
		remedy:
			"End the link with raw=1 in the place of dl=0, or fetch the file with n8n's Dropbox node and hand it over as binary data.",
	},
	{
		name: 'OneDrive',
		host: /^1drv\.ms$|^onedrive\.live\.com$/,
		isPage: ({ pathname }) => pathname !== '/download',
		remedy: "Fetch the file with n8n's Microsoft OneDrive node, and hand it over as binary data.",
	},
];

/**
 * What is wrong with the address of a page that shows a file, in words that follow a field's name, and what to do;
 * `undefined` for any other address. Such a page would be fetched in vain.
 */
export function findSitePage(url: URL): { problem: string; remedy: string } | undefined {
	const host = url.hostname.replace(/\.$/, '');
	const site = SITES.find((each) => each.host.test(host) && (each.isPage?.(url) ?? true));
	if (!site) return undefined;
	return {
		problem: `is the address of a page on ${site.name}, not of a file`,
		remedy: site.remedy ?? REMEDY,
	};
}
