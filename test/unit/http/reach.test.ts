import { findOutOfReach, reachOf } from '../../../nodes/shared/http/reach';

const what = (url: string, reach: 'internet' | 'everywhere' = 'internet') =>
	findOutOfReach(new URL(url), reach);

describe('out of the reach of the internet is', () => {
	it.each<[string, string]>([
		['http://127.0.0.1:8080/a', '127.0.0.1 (this machine)'],
		['http://127.255.255.254/', '127.255.255.254 (this machine)'],
		['http://0.0.0.0/', '0.0.0.0 (this machine)'],
		['http://10.1.2.3/', '10.1.2.3 (a private network)'],
		['http://172.16.0.1/', '172.16.0.1 (a private network)'],
		['http://172.31.255.255/', '172.31.255.255 (a private network)'],
		['https://192.168.0.10/', '192.168.0.10 (a private network)'],
		['http://100.64.0.1/', "100.64.0.1 (a provider's own network)"],
		['http://100.127.255.255/', "100.127.255.255 (a provider's own network)"],
		['http://169.254.10.20/', '169.254.10.20 (link-local)'],
		['http://169.254.169.254/latest/meta-data/', '169.254.169.254 (cloud metadata)'],
		['http://100.100.100.200/', '100.100.100.200 (cloud metadata)'],
		['http://168.63.129.16/', '168.63.129.16 (cloud metadata)'],
		['http://192.0.0.192/', '192.0.0.192 (reserved)'],
		['http://198.18.0.1/', '198.18.0.1 (reserved)'],
		['http://224.0.0.1/', '224.0.0.1 (multicast)'],
		['http://255.255.255.255/', '255.255.255.255 (reserved)'],
		['http://[::1]/', '[::1] (this machine)'],
		['http://[::]/', '[::] (this machine)'],
		['http://[fd12:3456::1]/', '[fd12:3456::1] (a private network)'],
		['http://[fd00:ec2::254]/', '[fd00:ec2::254] (cloud metadata)'],
		['http://[fe80::1]/', '[fe80::1] (link-local)'],
		['http://[febf::1]/', '[febf::1] (link-local)'],
		['http://[ff02::1]/', '[ff02::1] (multicast)'],
		['http://[2001:0:1::1]/', '[2001:0:1::1] (a tunnel)'],
	])('%s', (url, expected) => {
		expect(what(url)).toBe(expected);
	});

	it.each([
		['IPv4 mapped into IPv6', 'http://[::ffff:127.0.0.1]/', 'this machine'],
		['the same in hex', 'http://[::ffff:a9fe:a9fe]/', 'cloud metadata'],
		['written out', 'http://[0:0:0:0:0:ffff:c0a8:1]/', 'a private network'],
		['IPv4 in IPv6 of old', 'http://[::10.0.0.1]/', 'a private network'],
		['translated', 'http://[::ffff:0:7f00:1]/', 'this machine'],
		['behind NAT64', 'http://[64:ff9b::7f00:1]/', 'this machine'],
		['behind 6to4', 'http://[2002:a00:1::]/', 'a private network'],
		['one number', 'http://2130706433/', 'this machine'],
		['hex', 'http://0x7f000001/', 'this machine'],
		['octal', 'http://0177.0.0.1/', 'this machine'],
		['parts left out', 'http://127.1/', 'this machine'],
		['a dot at the end', 'http://127.0.0.1./', 'this machine'],
		['full-width digits', 'http://１２７.０.０.１/', 'this machine'],
		['percent signs', 'http://%31%32%37.0.0.1/', 'this machine'],
		['in front of it a name', 'http://cdn.example.com@127.0.0.1/', 'this machine'],
		['backslashes', 'http:\\\\127.0.0.1\\cdn.example.com', 'this machine'],
	])('an address however it is spelt: %s', (_how, url, expected) => {
		expect(what(url)).toContain(`(${expected})`);
	});

	it.each([
		['http://localhost/', 'this machine'],
		['http://LOCALHOST./', 'this machine'],
		['http://app.localhost:5678/', 'this machine'],
		['http://localhost.localdomain/', 'this machine'],
		['http://metadata.google.internal/computeMetadata/v1/', 'cloud metadata'],
		['http://metadata/', 'cloud metadata'],
		['http://metadata.goog/', 'cloud metadata'],
		['http://instance-data.ec2.internal/', 'cloud metadata'],
		['http://redis:6379/', 'a name of the local network'],
		['http://api.default.svc/', 'a name of the local network'],
		['http://api.default.svc.cluster.local/', 'a name of a private network'],
		['http://vault.internal/', 'a name of a private network'],
		['http://nas.home.arpa/', 'a name of a private network'],
	])('the name %s', (url, expected) => {
		expect(what(url)).toContain(`(${expected})`);
	});

	it.each(['file:///etc/passwd', 'ftp://a.example.com/', 'data:video/mp4,x', 'javascript:0'])(
		'%s, and everywhere else',
		(url) => {
			for (const reach of ['internet', 'everywhere'] as const)
				expect(what(url, reach)).toBe(`a ${new URL(url).protocol} address`);
		},
	);
});

it.each([
	'https://dnznrvs05pmza.cloudfront.net/a.mp4?_jwt=x',
	'http://cdn.example.com:8080/',
	'https://8.8.8.8/',
	'http://172.32.0.1/',
	'http://172.15.255.255/',
	'http://100.128.0.1/',
	'http://11.0.0.1/',
	'http://[2606:4700::1111]/',
	'http://[64:ff9b::808:808]/',
	'http://[::ffff:8.8.8.8]/',
	'http://localhost.example.com/',
	'http://10.0.0.1.example.com/',
	'http://internal.example.com/',
	'http://metadata.example.com/',
])('within it is %s', (url) => {
	expect(what(url)).toBeUndefined();
});

it.each([
	['https://api.cometapi.com', 'internet'],
	['https://gateway.example.com:8443/comet', 'internet'],
	['http://127.0.0.1:4010', 'everywhere'],
	['http://LocalHost:4010', 'everywhere'],
	['http://gateway:8080', 'everywhere'],
	['https://10.0.0.5', 'everywhere'],
	['http://[::1]:4010', 'everywhere'],
])('outputs of an API at %s may lie in the %s', (baseUrl, reach) => {
	expect(reachOf(baseUrl)).toBe(reach);
	expect(what('http://192.168.1.1/a.mp4', reachOf(baseUrl)) === undefined).toBe(
		reach === 'everywhere',
	);
});
