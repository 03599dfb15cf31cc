"""What a live view is commonly served with: the package websockets, one JSON message a sample, to every client.

The samples are those of BenchSource: random walks, sampled together, each with the time when it was due.
"""

import asyncio
import json
import logging
import random
import sys
from datetime import datetime, timedelta, timezone

import websockets

# A client that has just gone is no news.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)
port, sensors, rate = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
clients = set()


async def serve(socket, *_):
    clients.add(socket)
    try:
        await socket.wait_closed()
    finally:
        clients.discard(socket)


async def main():
    values = [50.0] * sensors
    period = timedelta(seconds=1 / rate)
    # The load tool answers no pings of this library.
    async with websockets.serve(serve, "127.0.0.1", port, ping_interval=None, compression=None):
        print("ready", flush=True)
        due = datetime.now(timezone.utc)
        while True:
            now = datetime.now(timezone.utc)
            if due > now:
                await asyncio.sleep((due - now).total_seconds())
            else:
                # Also when it is late: the sockets are written to while it waits.
                await asyncio.sleep(0)
            timestamp = due.isoformat()
            for sensor in range(sensors):
                values[sensor] = min(max(values[sensor] + random.random() - 0.5, 0.0), 100.0)
                message = json.dumps({"sensorId": f"bench-{sensor:04}", "timestamp": timestamp, "value": values[sensor]})
                websockets.broadcast(clients, message)
            due += period


asyncio.run(main())
