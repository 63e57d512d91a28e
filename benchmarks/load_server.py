"""A server whose pathology is known: load_server.py MODE PORT

healthy, stalled (once, for 2 s, 4 s after the first request), hundredth (each hundredth answer half a second late),
saturated (one answer after the other, 10 ms each), refusing (no new connections from 3 s after the first request on).
"""
import asyncio
import sys
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
STAYS = ANSWER.replace(b"\r\n\r\n", b"\r\nConnection: keep-alive\r\n\r\n")


class Server:
    def __init__(self, mode):
        self.mode, self.count, self.first, self.is_done = mode, 0, None, False
        self.turn, self.listening = asyncio.Lock(), None

    async def talk(self, reader, writer):
        try:
            stays = True
            while stays:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await self.suffer()
                is_old = b"http/1.0" in head
                stays = b"keep-alive" in head if is_old else b"connection: close" not in head
                writer.write(STAYS if is_old and stays else ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def suffer(self):
        self.first = self.first or time.monotonic()
        self.count += 1
        since = time.monotonic() - self.first
        if self.mode == "stalled" and since > 4 and not self.is_done:
            self.is_done = True
            time.sleep(2)
        elif self.mode == "hundredth" and self.count % 100 == 0:
            await asyncio.sleep(0.5)
        elif self.mode == "saturated":
            async with self.turn:
                await asyncio.sleep(0.01)
        elif self.mode == "refusing" and since > 3 and not self.is_done:
            self.is_done = True
            self.listening.close()

    async def serve(self, port):
        self.listening = await asyncio.start_server(self.talk, "127.0.0.1", port, backlog=4096)
        await asyncio.sleep(3600)


async def main():
    await Server(sys.argv[1]).serve(int(sys.argv[2]))


asyncio.run(main())
