/** How far a download may go: to hosts of the internet alone, or also into the network that n8n runs in. */
export type Reach = 'internet' | 'everywhere';

/**
 * Whoever answers with URLs of outputs could send the download to what only this machine can reach. Where the API itself
 * is such an address (a gateway of one's own, the simulator), its outputs may be, too. `baseUrl` is an http(s) URL. Pure.
 */
export function reachOf(baseUrl: string): Reach {
	return describePrivateHost(new URL(baseUrl).hostname) === undefined ? 'internet' : 'everywhere';
}

/**
 * What a URL leads to, where a download must not follow: another scheme than http(s), or a private address that is
 * out of reach. Goes by what is written: what a name resolves to is the matter of n8n's own protection, which every
 * request passes (N8N_SSRF_PROTECTION_ENABLED). `undefined` when nothing is wrong. Pure.
 */
export function findOutOfReach({ protocol, hostname }: URL, reach: Reach): string | undefined {
	if (protocol !== 'http:' && protocol !== 'https:') return `a ${protocol} address`;
	const what = reach === 'everywhere' ? undefined : describePrivateHost(hostname);
	return what && `${hostname} (${what})`;
}

/** Names that lead into the own network wherever they are looked up; all in lower case, without a dot at the end. */
const PRIVATE_NAMES: Array<[name: RegExp, what: string]> = [
	[/(^|\.)localhost$|(^|\.)localdomain$/, 'this machine'],
	[
		/^metadata$|^metadata\.(google\.internal|goog|tencentyun\.com)$|^instance-data(\.|$)/,
		'cloud metadata',
	],
	// A host of Docker Compose or Kubernetes, or one that the search list of the resolver completes.
	[/^[^.]*$|\.svc$/, 'a name of the local network'],
	// RFC 6762 (local, and appendix G), RFC 8375 (home.arpa), ICANN's reservation of internal.
	[/\.(internal|local|lan|intranet|private|corp|home|home\.arpa)$/, 'a name of a private network'],
];

/** Addresses that are none of the internet (IANA's special-purpose registries), and those of clouds' metadata. */
const PRIVATE_RANGES = (
	[
		['169.254.169.254/32', 'cloud metadata'],
		['100.100.100.200/32', 'cloud metadata'],
		['168.63.129.16/32', 'cloud metadata'],
		['fd00:ec2::254/128', 'cloud metadata'],
		['0.0.0.0/8', 'this machine'],
		['127.0.0.0/8', 'this machine'],
		['10.0.0.0/8', 'a private network'],
		['172.16.0.0/12', 'a private network'],
		['192.168.0.0/16', 'a private network'],
		['100.64.0.0/10', "a provider's own network"],
		['169.254.0.0/16', 'link-local'],
		['192.0.0.0/24', 'reserved'],
		['192.0.2.0/24', 'reserved'],
		['198.18.0.0/15', 'reserved'],
		['198.51.100.0/24', 'reserved'],
		['203.0.113.0/24', 'reserved'],
		['224.0.0.0/4', 'multicast'],
		['240.0.0.0/4', 'reserved'],
		['::/127', 'this machine'],
		['fc00::/7', 'a private network'],
		['fec0::/10', 'a private network'],
		['fe80::/10', 'link-local'],
		['ff00::/8', 'multicast'],
		['64:ff9b:1::/48', 'reserved'],
		['100::/64', 'reserved'],
		['2001::/32', 'a tunnel'],
		['2001:db8::/32', 'reserved'],
	] as const
).map(([range, what]) => ({ ...parseRange(range), what }));

/** Where IPv6 carries an IPv4 address, and how many bits stand behind that. */
const CARRIERS = (
	[
		['::/96', 0],
		['::ffff:0:0:0/96', 0],
		['64:ff9b::/96', 0],
		['2002::/16', 80],
	] as const
).map(([range, bitsBehind]) => ({ ...parseRange(range), bitsBehind: BigInt(bitsBehind) }));

/** What a private host is; `hostname` as `URL` has it, which has brought odd spellings of addresses into one form. */
function describePrivateHost(hostname: string): string | undefined {
	const address = parseAddress(hostname);
	if (address !== undefined) return describePrivateAddress(address);
	const name = hostname.replace(/\.+$/, '');
	return PRIVATE_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

function describePrivateAddress(address: bigint): string | undefined {
	const found = PRIVATE_RANGES.find((range) => isWithin(address, range));
	if (found) return found.what;
	const carrier = CARRIERS.find((range) => isWithin(address, range));
	if (!carrier) return undefined;
	return describePrivateAddress(mapped((address >> carrier.bitsBehind) & 0xffff_ffffn));
}

interface Range {
	base: bigint;
	/** How many of the 128 bits count. */
	bits: number;
}

function isWithin(address: bigint, { base, bits }: Range): boolean {
	const rest = BigInt(128 - bits);
	return address >> rest === base >> rest;
}

function parseRange(text: string): Range {
	const [address, length] = text.split('/');
	const isIpv4 = address.includes('.');
	return {
		base: parseAddress(isIpv4 ? address : `[${address}]`) ?? 0n,
		bits: Number(length) + (isIpv4 ? 96 : 0),
	};
}

/** An address in 128 bits, IPv4 as IPv6 maps it; `undefined` for a name. In the form of `URL.hostname`. */
function parseAddress(hostname: string): bigint | undefined {
	if (hostname.startsWith('[')) return parseIpv6(hostname.slice(1, -1));
	if (!/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return undefined;
	return mapped(hostname.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n));
}

function mapped(ipv4: bigint): bigint {
	return 0xffff_0000_0000n | ipv4;
}

function parseIpv6(text: string): bigint {
	const [head, tail = []] = text
		.split('::')
		.map((side) => side.split(':').filter((group) => group !== ''));
	const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
	return [...head, ...zeros, ...tail].reduce(
		(value, group) => (value << 16n) | BigInt(`0x${group}`),
		0n,
	);
}
