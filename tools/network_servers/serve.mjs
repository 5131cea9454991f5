// node serve.mjs bluesky|telegram PORT: prints the server's address once it answers; ends with its standard input.
const [name, port] = [process.argv[2], Number(process.argv[3])]

async function bluesky() {
  const { TestNetworkNoAppView } = await import('@atproto/dev-env')
  const network = await TestNetworkNoAppView.create({ pds: { hostname: 'localhost', port } })
  return [network.pds.url, () => network.close()]
}

async function telegram() {
  const { default: TelegramServer } = await import('telegram-test-api')
  const server = new (TelegramServer.default ?? TelegramServer)({ port, host: '127.0.0.1' })
  await server.start()
  return [server.config.apiURL, () => server.stop()]
}

const [address, close] = await { bluesky, telegram }[name]()
console.log(address)
process.stdin.resume()
process.stdin.on('end', async () => {
  await close()
  process.exit(0)
})
